using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed partial class LayoutTests
{
    /// <summary>
    /// Built against the package, outside the repository, by <c>.ci/run</c>; in the solution it would be built against the project.
    /// </summary>
    private const string OutsideTheSolution = "tests/Packaging/";

    private static readonly string[] TopLevel =
    [
        "src", "tests", "benchmarks", "samples", "Webhooks.Sdk.sln", "Directory.Build.props", "README.md", "nuget.config",
    ];

    [Fact]
    public void TopLevel_ShowsNothingElse()
    {
        IEnumerable<string> names = Repository.Files.Select(path => path.Split('/')[0]).Distinct().Where(name => !name.StartsWith('.'));

        Expect.None(names.Except(TopLevel));
    }

    [Fact]
    public void NuGetConfig_NamesNoPackageSource()
    {
        XDocument config = XDocument.Parse(Repository.Read("nuget.config"));

        Expect.None(config.Descendants()
            .Where(element =>
                element.Name.LocalName.Contains("source", StringComparison.OrdinalIgnoreCase)
                || element.Attributes().Any(attribute => attribute.Value.Contains("://", StringComparison.Ordinal)))
            .Select(element => element.ToString()));
    }

    [Fact]
    public void Solution_HoldsEveryProjectAndNoOther()
    {
        string[] projects =
        [
            .. Repository.Files.Where(path =>
                path.EndsWith("proj", StringComparison.Ordinal) && !path.StartsWith(OutsideTheSolution, StringComparison.Ordinal)),
        ];
        string[] listed =
        [
            .. SolutionProject.Matches(Repository.Read("Webhooks.Sdk.sln")).Select(match => match.Groups["path"].Value.Replace('\\', '/')),
        ];

        Expect.None([
            .. projects.Except(listed).Select(path => $"{path} is not in the solution."),
            .. listed.Except(projects).Select(path => $"{path} is in the solution, but not in the repository."),
        ]);
    }

    [Fact]
    public void Projects_EveryPackageVersion_IsCentral()
    {
        IEnumerable<string> projects = Repository.Files.Where(path =>
            path.EndsWith("proj", StringComparison.Ordinal) || path.EndsWith(".props", StringComparison.Ordinal));

        Expect.None(projects.SelectMany(path => OwnVersions(XDocument.Parse(Repository.Read(path))).Select(package => $"{path}: {package}")));
    }

    [Theory]
    [InlineData("""<PackageReference Include="A" Version="1.0.0" />""", 1)]
    [InlineData("""<PackageReference Include="A" VersionOverride="1.0.0" />""", 1)]
    [InlineData("""<PackageReference Include="A"><Version>1.0.0</Version></PackageReference>""", 1)]
    [InlineData("""<PackageReference Include="A" PrivateAssets="all" /><PackageVersion Include="A" Version="1.0.0" />""", 0)]
    public void OwnVersions_FindsThemInEveryForm(string items, int expected)
    {
        XDocument project = XDocument.Parse($"<Project><ItemGroup>{items}</ItemGroup></Project>");

        Assert.Equal(expected, OwnVersions(project).Count());
    }

    [GeneratedRegex("""= "[^"]+", "(?<path>[^"]+\.\w*proj)",""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SolutionProject { get; }

    private static IEnumerable<string?> OwnVersions(XDocument project) =>
        from reference in project.Descendants("PackageReference")
        where reference.Attributes().Select(attribute => attribute.Name).Concat(reference.Elements().Select(element => element.Name))
            .Any(name => name.LocalName.StartsWith("Version", StringComparison.Ordinal))
        select reference.Attribute("Include")?.Value;
}
