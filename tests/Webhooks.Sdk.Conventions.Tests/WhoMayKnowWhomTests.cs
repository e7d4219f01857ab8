using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class WhoMayKnowWhomTests
{
    private const string DependencyInjection = "Microsoft.Extensions.DependencyInjection";

    private static readonly string PlatformDirectory = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [Fact]
    public void Sources_EveryReference_IsAllowed()
    {
        Expect.None(Check(SourceTree.Core));
    }

    [Fact]
    public void Sources_EveryName_IsBound()
    {
        Expect.None(SourceTree.All.SelectMany(tree => tree.UnboundNames).Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("internal sealed class A { public Outbox.Store? Store { get; } }")]
    [InlineData("internal sealed class A { public int Count() => Outbox.Store.Shared.Count; }")]
    [InlineData("internal sealed class A { public object Make() => new System.Collections.Generic.List<Outbox.Store>(); }")]
    [InlineData("internal sealed class A { public int Count(Names names) => names.First().Count; }")]
    public void Check_ReferenceThatTheTableDoesNotAllow_IsReportedWithPlaceAndRule(string reference)
    {
        SourceTree sources = SourceTree.Of(
            ("Outbox/Store.cs", "namespace Webhooks.Sdk.Outbox; public sealed class Store { public static Store Shared = new(); public int Count; }"),
            ("Names.cs", "namespace Webhooks.Sdk; public sealed class Names { public Outbox.Store First() => new(); }"),
            ("Http/A.cs", $"namespace Webhooks.Sdk.Http;\n\n{reference}"));

        string[] findings = [.. Check(sources)];

        Assert.Contains("Http/A.cs:3: Store is of Outbox; Http may know only the root, Urls, Signing, Retry, Telemetry.", findings);
        Assert.Contains(findings, finding => finding.StartsWith("Names.cs:1: Store is of Outbox; the root may know only", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ReferenceThatTheTableAllows_IsNotReported()
    {
        SourceTree sources = SourceTree.Of(
            ("Json/Writer.cs", "namespace Webhooks.Sdk; public sealed class Writer { public sealed class Inner { } }"),
            ("Request.cs", "namespace Webhooks.Sdk; public sealed class Request { public Writer.Inner? Inner; public Request? Next; }"));

        Assert.Empty(Check(sources));
    }

    [Fact]
    public void Check_FolderThatTheTableDoesNotName_IsReported()
    {
        SourceTree sources = SourceTree.Of(("Magic/Wand.cs", "namespace Webhooks.Sdk.Magic; internal sealed class Wand { }"));

        Assert.Equal(["Magic/Wand.cs:1: the folder Magic is not in the table of WhoMayKnowWhom."], Check(sources));
    }

    [Fact]
    public void Check_PartsOfOneTypeInTwoFolders_AreReported()
    {
        SourceTree sources = SourceTree.Of(
            ("Json/Text.cs", "namespace Webhooks.Sdk; public static partial class Text { }"),
            ("Urls/Text.More.cs", "namespace Webhooks.Sdk; public static partial class Text { }"));

        Assert.Equal(["Urls/Text.More.cs:1: Text has parts in other folders too."], Check(sources));
    }

    [Theory]
    [InlineData("Http/A.cs", 1)]
    [InlineData("A.cs", 1)]
    [InlineData("Registration/A.cs", 0)]
    public void Check_DependencyInjection_IsForRegistrationOnly(string path, int expected)
    {
        SourceTree sources = SourceTree.Of(
            (path, "namespace Webhooks.Sdk; public static class A { public static void B(Microsoft.Extensions.DependencyInjection.IServiceCollection c) { } }"));

        Assert.Equal(expected, Check(sources).Count(finding => finding.Contains("only Registration uses", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Json/A.cs", 1)]
    [InlineData("Http/A.cs", 0)]
    public void Check_PackageInARoomOfThePlatformOnly_IsReported(string path, int expected)
    {
        SourceTree sources = SourceTree.Of(
            (path, "namespace Webhooks.Sdk; public static class A { public static Microsoft.Extensions.Logging.ILogger? B; public static string? C; }"));

        Assert.Equal(expected, Check(sources).Count(finding => finding.Contains("needs nothing but the platform", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Check(SourceTree sources)
    {
        var rooms = new Dictionary<INamedTypeSymbol, string>(SymbolEqualityComparer.Default);

        foreach (INamedTypeSymbol type in sources.Types.Where(type => type.ContainingType is null))
        {
            foreach (Location part in type.Locations)
            {
                string room = sources.FolderOf(part.SourceTree!);
                if (!WhoMayKnowWhom.Rooms.ContainsKey(room))
                {
                    yield return $"{part.Place()}: the folder {room} is not in the table of {nameof(WhoMayKnowWhom)}.";
                }

                if (!rooms.TryAdd(type, room) && rooms[type] != room)
                {
                    yield return $"{part.Place()}: {type.Name} has parts in other folders too.";
                }
            }
        }

        foreach (SyntaxTree file in sources.Compilation.SyntaxTrees)
        {
            string room = sources.FolderOf(file);
            foreach (string finding in References(sources.Compilation.GetSemanticModel(file))
                .Select(reference => Judge(room, reference.Type, rooms) is { } rule ? $"{reference.Place}: {rule}" : null)
                .OfType<string>()
                .Distinct())
            {
                yield return finding;
            }
        }
    }

    private static string? Judge(string room, INamedTypeSymbol type, Dictionary<INamedTypeSymbol, string> rooms)
    {
        if (rooms.TryGetValue(type, out string? other))
        {
            return room == other || !WhoMayKnowWhom.Rooms.TryGetValue(room, out string[]? known) || known.Contains(other)
                ? null
                : $"{type.Name} is of {Title(other)}; {Title(room)} may know only {string.Join(", ", known.Select(Title).DefaultIfEmpty("itself"))}.";
        }

        string space = type.ContainingNamespace.ToDisplayString();
        if (room != WhoMayKnowWhom.Registration && $"{space}.".StartsWith($"{DependencyInjection}.", StringComparison.Ordinal))
        {
            return $"{type.Name} is of {space}, which only {WhoMayKnowWhom.Registration} uses.";
        }

        return WhoMayKnowWhom.PlatformOnly.Contains(room) && !IsPlatform(type)
            ? $"{type.Name} is of the package {type.ContainingAssembly.Name}; {room} needs nothing but the platform."
            : null;
    }

    /// <summary>
    /// Lists the types that a file names, and those whose members it uses without naming them.
    /// </summary>
    private static IEnumerable<(INamedTypeSymbol Type, string Place)> References(SemanticModel model)
    {
        foreach (ExpressionSyntax node in model.SyntaxTree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>())
        {
            if (node is not (SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                continue;
            }

            SymbolInfo info = model.GetSymbolInfo(node);
            ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
            if ((symbol as INamedTypeSymbol ?? symbol?.ContainingType) is { TypeKind: not TypeKind.Error, IsAnonymousType: false } type)
            {
                yield return (type.Outermost(), node.GetLocation().Place());
            }
        }
    }

    private static bool IsPlatform(INamedTypeSymbol type) =>
        type.IsTupleType || File.Exists(Path.Combine(PlatformDirectory, $"{type.ContainingAssembly.Name}.dll"));

    private static string Title(string room) => room == WhoMayKnowWhom.Root ? "the root" : room;
}
