using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Webhooks.Sdk.Generators.Tests.Compiling;

/// <summary>
/// A user's project: source text, the platform and Webhooks.Sdk.
/// </summary>
internal static class UserCode
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Webhooks.Sdk.Generators", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions LatestCSharp { get; } = new(LanguageVersion.Latest);

    public static CSharpCompilation Compile(IEnumerable<string> sources, CSharpParseOptions? parseOptions = null) => CSharpCompilation.Create(
        "UserCode",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, parseOptions ?? LatestCSharp, $"User{i}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));

    public static GeneratorDriver Driver(CSharpParseOptions? parseOptions = null) => CSharpGeneratorDriver.Create(
        [new WebhookDataGenerator().AsSourceGenerator()],
        parseOptions: parseOptions ?? LatestCSharp,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static GeneratorDriverRunResult Generate(string source, CSharpParseOptions? parseOptions = null) =>
        Driver(parseOptions).RunGenerators(Compile([source], parseOptions)).GetRunResult();

    /// <summary>
    /// Compiles a source with what is generated for it, warnings as errors.
    /// </summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Problems) CompileWithGenerated(string source)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile([source]), out Compilation compilation, out ImmutableArray<Diagnostic> findings);

        return (compilation, [.. findings, .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)]);
    }
}
