using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>The tables of benchmarks in README.md, compared with the results that are committed.</summary>
public sealed partial class ReadMeBenchmarksTests
{
    private const string Page = "README.md";

    [Fact]
    public void Table_Figures_AreThoseOfTheResults()
    {
        string page = Repository.Read(Page);
        string folder = ResultsFolder.Match(page).Groups["folder"].Value;
        string expected = Row.Replace(page, row => $"{row.Groups["names"].Value}{Figures(folder, row)}");

        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(Repository.PathOf(Page), expected);
            page = expected;
        }

        Assert.True(
            expected == page,
            $"""
            The tables of benchmarks in {Page} do not have the figures of {folder} (-: {Page}, +: results).
            Run this test with the environment variable APPROVE=1 to take them over, and commit the page.
            {string.Join('\n', TextDiff.Lines(page, expected))}
            """);
    }

    [Theory]
    [InlineData("WriteEvent")]
    [InlineData("Sign")]
    [InlineData("SendAttempt")]
    [InlineData("SendLoopback")]
    [InlineData("FanOut")]
    [InlineData("ComposeUrl")]
    public void Table_EachBenchmark_ShowsItsBaselineAndWhatIsOurs(string benchmark)
    {
        Match[] rows = [.. Row.Matches(Repository.Read(Page)).Where(row => row.Groups["benchmark"].Value == benchmark)];

        Assert.InRange(rows.Length, 2, 10);
        Assert.Contains(rows, row => row.Value.Contains("| 1.00 |", StringComparison.Ordinal));
    }

    // The rows of a table whose first heading is the parameters of the benchmark, or "all".
    private static string Figures(string folder, Match row)
    {
        string parameters = row.Groups["parameters"] is { Success: true, Value: var some } ? some : "all";
        string path = $"{folder}/{row.Groups["benchmark"].Value}.avx-512.md";
        path = File.Exists(Repository.PathOf(path)) ? path : path.Replace(".avx-512", "", StringComparison.Ordinal);
        string? table = Repository.Read(path).Split("\n\n").FirstOrDefault(part => part.StartsWith($"| {parameters} |", StringComparison.Ordinal));
        string name = $"| {row.Groups["way"].Value} ";
        string? line = table?.Split('\n').FirstOrDefault(line => line.StartsWith($"{name}|", StringComparison.Ordinal));

        return line?[name.Length..] ?? throw new InvalidOperationException($"{path} has no row of '{row.Value}'.");
    }

    [GeneratedRegex(@"\]\((?<folder>benchmarks/results/[a-z0-9-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ResultsFolder { get; }

    [GeneratedRegex(
        @"^(?<names>\| `(?<benchmark>\w+)`( (?<parameters>[\w=, ]+))? \| `(?<way>\w+)` )\|[^|\n]+\|[^|\n]+\|[^|\n]+\|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
