using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class SealedTests
{
    /// <summary>
    /// Classes that are meant to be derived from, with the reason.
    /// </summary>
    private static readonly Dictionary<string, string> Open = [];

    [Fact]
    public void Sources_EveryClass_IsSealedAbstractOrStatic()
    {
        Expect.None(SourceTree.All.SelectMany(Check));
    }

    [Fact]
    public void Open_EachEntry_NamesAClassThatIsOpen()
    {
        IEnumerable<string> open = SourceTree.All.SelectMany(tree => tree.Types).Where(IsOpen).Select(type => type.ToDisplayString());

        Assert.Empty(Open.Keys.Except(open));
    }

    [Fact]
    public void Check_OpenClass_IsReported()
    {
        SourceTree sources = SourceTree.Of(
            ("A.cs", "public class A { private record B; }"),
            ("C.cs", "public sealed class C; public abstract class D; public static class E; public struct F; public sealed record G;"));

        Assert.Equal(["A.cs:1: A is not sealed.", "A.cs:1: A.B is not sealed."], Check(sources));
    }

    private static IEnumerable<string> Check(SourceTree sources) =>
        sources.Types
            .Where(type => IsOpen(type) && !Open.ContainsKey(type.ToDisplayString()))
            .Select(type => $"{type.Place()}: {type.ToDisplayString()} is not sealed.");

    private static bool IsOpen(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class, IsSealed: false, IsAbstract: false, IsStatic: false };
}
