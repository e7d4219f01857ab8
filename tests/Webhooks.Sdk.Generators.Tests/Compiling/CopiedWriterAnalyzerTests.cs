using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests.Compiling;

public sealed class CopiedWriterAnalyzerTests
{
    [Theory]
    [InlineData("void M(WebhookJsonWriter «writer») { }", "'ref WebhookJsonWriter writer'")]
    [InlineData("void M(in WebhookJsonWriter «writer») { }", "'ref WebhookJsonWriter writer'")]
    [InlineData("void M() { void L(WebhookJsonWriter «writer») { } }", "'ref WebhookJsonWriter writer'")]
    [InlineData("delegate void D(WebhookJsonWriter «writer»);", "'ref WebhookJsonWriter writer'")]
    [InlineData("void M(ref WebhookJsonWriter writer) { var «copy = writer»; }", "'ref WebhookJsonWriter copy = ref writer'")]
    [InlineData("void M(ref WebhookJsonWriter a, ref WebhookJsonWriter b) { «a = b»; }", "a 'ref' to the writer")]
    public async Task Analyze_Copy_IsTold(string marked, string message)
    {
        string member = marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

        Diagnostic diagnostic = Assert.Single(await AnalyzeAsync(member));

        Assert.Equal("WHK101", diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(marked.Split('«', '»')[1], diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Theory]
    [InlineData("void M(ref WebhookJsonWriter writer) { ref WebhookJsonWriter same = ref writer; same.Flush(); }")]
    [InlineData("void M(IBufferWriter<byte> output) { var writer = new WebhookJsonWriter(output); writer = new WebhookJsonWriter(output); writer.Flush(); }")]
    [InlineData("void M(IBufferWriter<byte> output, out WebhookJsonWriter writer) { writer = new WebhookJsonWriter(output); }")]
    public async Task Analyze_OneWriter_IsNotTold(string member)
    {
        Assert.Empty(await AnalyzeAsync(member));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string member)
    {
        CSharpCompilation compilation = UserCode.Compile([$"using System.Buffers; using Webhooks.Sdk; class A {{ {member} }}"]);

        return await compilation
            .WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .WithAnalyzers([new CopiedWriterAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
    }
}
