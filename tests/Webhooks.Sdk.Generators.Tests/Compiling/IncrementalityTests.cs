using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests.Compiling;

public sealed class IncrementalityTests
{
    private const string Marked = """
        using Webhooks.Sdk;

        [WebhookData]
        public partial class A
        {
            public string? B { get; set; }
            public int[]? C { get; set; }
        }
        """;

    [Fact]
    public void Generate_AfterAnEditElsewhere_DoesNothingAgain()
    {
        CSharpCompilation before = UserCode.Compile([Marked, "class Other;"]);
        GeneratorDriver driver = UserCode.Driver().RunGenerators(before);

        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[1], CSharpSyntaxTree.ParseText("class Other { int _edited; }", UserCode.LatestCSharp));
        GeneratorRunResult result = driver.RunGenerators(after).GetRunResult().Results.Single();

        Assert.All(result.TrackedSteps[WebhookDataGenerator.ReadingStep], step =>
            Assert.All(step.Outputs, output => Assert.Contains(output.Reason, (IncrementalStepRunReason[])[IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged])));
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Theory]
    [InlineData("public int[]? C { get; set; }", "public int[]? C { get => null; set { } }", IncrementalStepRunReason.Cached)]
    [InlineData("public int[]? C { get; set; }", "public long[]? C { get; set; }", IncrementalStepRunReason.Modified)]
    [InlineData("string? B", "string? D", IncrementalStepRunReason.Modified)]
    public void Generate_AfterAnEditOfTheType_WritesAgainWhatChanged(string text, string edited, IncrementalStepRunReason expected)
    {
        CSharpCompilation before = UserCode.Compile([Marked]);
        GeneratorDriver driver = UserCode.Driver().RunGenerators(before);

        CSharpCompilation after = before.ReplaceSyntaxTree(
            before.SyntaxTrees[0], CSharpSyntaxTree.ParseText(Marked.Replace(text, edited, System.StringComparison.Ordinal), UserCode.LatestCSharp, "User0.cs"));
        GeneratorRunResult result = driver.RunGenerators(after).GetRunResult().Results.Single();

        Assert.All(Outputs(result), reason => Assert.Equal(expected, reason));
    }

    private static IncrementalStepRunReason[] Outputs(GeneratorRunResult result)
    {
        IncrementalStepRunReason[] reasons = [.. result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];

        Assert.NotEmpty(reasons);
        return reasons;
    }
}
