using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Webhooks.Sdk.Conventions.Tests.Sources;

/// <summary>
/// The sources of one project, parsed and bound once. What source generators would add is not part of it.
/// </summary>
internal sealed class SourceTree
{
    // Calls of generated code bind to its partial declaration; only the missing other half is an error here.
    private const string PartialWithoutImplementation = "CS8795";

    // The library uses its own experimental types; the name is bound all the same.
    private const string Experimental = "WHKEXP001";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    private static readonly string[] Libraries =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            .DistinctBy(Path.GetFileName),
    ];

    private static readonly Dictionary<string, PortableExecutableReference> References =
        Libraries.ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => MetadataReference.CreateFromFile(path));

    private readonly string _directory;

    private SourceTree(string project, string directory, IEnumerable<(string Path, string Text)> files)
    {
        Project = project;
        _directory = directory;
        Compilation = CSharpCompilation.Create(
            project,
            files.Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path)),
            References.Where(reference => reference.Key != project).Select(reference => reference.Value),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Types = [.. Compilation.SourceModule.GlobalNamespace.DescendantTypes()];
    }

    /// <summary>
    /// Gets every project of src.
    /// </summary>
    public static IReadOnlyList<SourceTree> All { get; } = [.. Repository.SourceProjects.Select(Load)];

    /// <summary>
    /// Gets the project Webhooks.Sdk, the core that all others build on.
    /// </summary>
    public static SourceTree Core { get; } = All.Single(tree => tree.Project == "Webhooks.Sdk");

    public string Project { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>
    /// Gets every declared type, nested ones included.
    /// </summary>
    public IReadOnlyList<INamedTypeSymbol> Types { get; }

    /// <summary>
    /// Gets what hides names from the checks: a reference that does not bind is one that no rule sees.
    /// </summary>
    public IEnumerable<Diagnostic> UnboundNames =>
        Compilation.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            && diagnostic.Id is not (PartialWithoutImplementation or Experimental)
            && !IsOfSerializerContext(diagnostic));

    /// <summary>
    /// Makes a project of the core's shape from text, to test a check on. Paths are relative to the project.
    /// </summary>
    public static SourceTree Of(params (string Path, string Text)[] files) => new("Webhooks.Sdk", "", files);

    public static IAssemblySymbol Built(string project) =>
        (IAssemblySymbol)CSharpCompilation.Create("Reader", references: References.Values).GetAssemblyOrModuleSymbol(References[project])!;

    /// <summary>
    /// Gets the first folder below the project that a file lies in; empty for the project's own folder.
    /// </summary>
    public string FolderOf(SyntaxTree file)
    {
        string path = file.FilePath[_directory.Length..];
        int slash = path.IndexOf('/', StringComparison.Ordinal);

        return slash < 0 ? "" : path[..slash];
    }

    // The generator of System.Text.Json writes the other half of these classes: their constructor, Default, and what they must override.
    private bool IsOfSerializerContext(Diagnostic diagnostic) =>
        diagnostic.Id is "CS0117" or "CS0534" or "CS7036"
        && Types.Any(type => type.BaseType?.Name == "JsonSerializerContext"
            && (diagnostic.GetMessage(CultureInfo.InvariantCulture).StartsWith($"'{type.Name}' does not", StringComparison.Ordinal)
                || diagnostic.Location.SourceTree == type.Locations[0].SourceTree));

    private static SourceTree Load(string projectPath)
    {
        string directory = projectPath[..(projectPath.LastIndexOf('/') + 1)];
        IEnumerable<string> files = Repository.Files.Where(path =>
            path.StartsWith(directory, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal));

        return new SourceTree(Path.GetFileNameWithoutExtension(projectPath), directory, files.Select(path => (path, Repository.Read(path))));
    }
}
