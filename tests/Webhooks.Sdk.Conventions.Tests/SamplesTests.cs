using System;
using System.Linq;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class SamplesTests
{
    private const string Sample = "using System;\n\nstatic void Main()\n{\n    // <send>\n    if (ok)\n    {\n\n        Send();\n    }\n    // </send>\n}\n";

    private const string SameCode = "if (ok)\n{\n\n    Send();\n}\n";

    [Fact]
    public void Pages_EveryMarkedBlock_IsTheSample()
    {
        Expect.None(Repository.Files
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => Samples.Check(path, Repository.Read(path), file => Repository.Files.Contains(file) ? Repository.Read(file) : null)));
    }

    [Fact]
    public void ReadMe_BeyondItsTitle_ShowsASample()
    {
        string page = Repository.Read("README.md");

        Assert.True(Samples.IsShownIn(page), "README.md has no <!-- sample: path#region -->.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void Check_SameCode_FindsNothing(string between)
    {
        string page = $"# Title\n\n<!-- sample: a/Program.cs#send -->\n{between}```csharp\n{SameCode}```\n\n```csharp\nother\n```\n";

        Assert.True(Samples.IsShownIn(page));
        Assert.Empty(Check(page));
    }

    [Fact]
    public void Check_PageWithoutMarker_FindsNothing()
    {
        Assert.False(Samples.IsShownIn("```csharp\nother\n```\n"));
        Assert.Empty(Check("```csharp\nother\n```\n"));
    }

    [Theory]
    [InlineData("<!-- sample: a/Program.cs#send -->\n```csharp\nif (ok)\n{\n\n    Sent();\n}\n```\n", "differs from a/Program.cs (-: page, +: sample).\n  {\n-     Sent();\n+     Send();")]
    [InlineData("<!-- sample: b/Program.cs#send -->\n```csharp\n" + SameCode + "```\n", "there is no file b/Program.cs.")]
    [InlineData("<!-- sample: a/Program.cs#sent -->\n```csharp\n" + SameCode + "```\n", "a/Program.cs has no lines // <sent> and // </sent>.")]
    [InlineData("<!-- sample: a/Program.cs#send -->\nText.\n```csharp\n" + SameCode + "```\n", "no block of C# follows the marker.")]
    [InlineData("<!-- sample: a/Program.cs#send -->\n", "no block of C# follows the marker.")]
    public void Check_Difference_IsReportedWithItsPlace(string page, string expected)
    {
        Assert.Equal([$"README.md:2: {expected}"], Check($"\n{page}"));
    }

    private static string[] Check(string page) => [.. Samples.Check("README.md", page, path => path == "a/Program.cs" ? Sample : null)];
}
