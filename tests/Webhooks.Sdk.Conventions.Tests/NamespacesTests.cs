using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class NamespacesTests
{
    private static readonly string[] Providers = ["Skalin", "Harmony"];

    [Fact]
    public void Sources_EveryType_IsWhereUsersAndReadersLookForIt()
    {
        Expect.None(Check(SourceTree.Core));
    }

    [Theory]
    [InlineData("A.cs", "namespace Webhooks.Sdk; public static class A;")]
    [InlineData("A.cs", "namespace Webhooks.Sdk; internal static class A;")]
    [InlineData("Json/A.cs", "namespace Webhooks.Sdk; public static class A;")]
    [InlineData("Json/A.cs", "namespace Webhooks.Sdk.Json; internal static class A;")]
    [InlineData("Skalin/A.cs", "namespace Webhooks.Sdk.Skalin; public static class A;")]
    public void Check_TypeInItsNamespace_IsNotReported(string path, string text)
    {
        Assert.Empty(Check(SourceTree.Of((path, text))));
    }

    [Theory]
    [InlineData("Json/A.cs", "namespace Webhooks.Sdk.Json; public static class A;", "Json/A.cs:1: A must be in Webhooks.Sdk, not in Webhooks.Sdk.Json.")]
    [InlineData("Json/A.cs", "namespace Webhooks.Sdk; internal static class A;", "Json/A.cs:1: A must be in Webhooks.Sdk.Json, not in Webhooks.Sdk.")]
    [InlineData("Harmony/A.cs", "namespace Webhooks.Sdk; public static class A;", "Harmony/A.cs:1: A must be in Webhooks.Sdk.Harmony, not in Webhooks.Sdk.")]
    public void Check_TypeInAnotherNamespace_IsReported(string path, string text, string expected)
    {
        Assert.Equal([expected], Check(SourceTree.Of((path, text))));
    }

    private static IEnumerable<string> Check(SourceTree sources) =>
        from type in sources.Types
        where type.ContainingType is null
        let folder = sources.FolderOf(type.Locations[0].SourceTree!)
        let follows = type.DeclaredAccessibility != Accessibility.Public || Providers.Contains(folder)
        let expected = follows && folder.Length > 0 ? $"Webhooks.Sdk.{folder}" : "Webhooks.Sdk"
        let actual = type.ContainingNamespace.ToDisplayString()
        where actual != expected
        select $"{type.Place()}: {type.Name} must be in {expected}, not in {actual}.";
}
