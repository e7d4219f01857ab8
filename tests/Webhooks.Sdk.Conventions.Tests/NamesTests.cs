using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class NamesTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Processor", "Base", "Impl"];

    private static readonly string[] EmptyFolders = ["Abstractions", "Common", "Core", "Shared", "Interfaces", "Models", "Helpers", "Utils"];

    [Fact]
    public void Sources_EveryName_SaysWhatTheThingIs()
    {
        Expect.None(SourceTree.All.SelectMany(Check));
    }

    [Fact]
    public void Folders_EveryName_IsAStageAndNotAKindOfType()
    {
        Expect.None(Repository.Files.Where(IsInEmptyFolder));
    }

    [Theory]
    [InlineData("internal static class UrlHelper;", "A.cs:1: UrlHelper ends in Helper.")]
    [InlineData("internal static class A { private sealed class ClientBase; }", "A.cs:1: A.ClientBase ends in Base.")]
    [InlineData("internal static class WebHookUrl;", "A.cs:1: WebHookUrl: Webhook is one word.")]
    [InlineData("internal static class A { private static int _theWebHooks; }", "A.cs:1: A._theWebHooks: Webhook is one word.")]
    [InlineData("internal interface IA { void B(int myWebHook); }", "A.cs:1: myWebHook: Webhook is one word.")]
    public void Check_NameThatBreaksTheRule_IsReported(string source, string expected)
    {
        Assert.Equal([expected], Check(SourceTree.Of(("A.cs", source))));
    }

    [Fact]
    public void Check_NameThatOnlyResemblesOne_IsNotReported()
    {
        SourceTree sources = SourceTree.Of(("A.cs", "public static class Database { public const string Path = \"WebHook\"; public static int Base() => 0; }"));

        Assert.Empty(Check(sources));
    }

    [Theory]
    [InlineData("src/Webhooks.Sdk/Models/A.cs", true)]
    [InlineData("src/Webhooks.Sdk/Models.cs", false)]
    [InlineData("src/Webhooks.Sdk.Core/A.cs", true)]
    [InlineData("src/Webhooks.Sdk/Http/A.cs", false)]
    public void IsInEmptyFolder_LooksAtFoldersAndProjects(string path, bool expected)
    {
        Assert.Equal(expected, IsInEmptyFolder(path));
    }

    private static IEnumerable<string> Check(SourceTree sources)
    {
        foreach (INamedTypeSymbol type in sources.Types)
        {
            foreach (string word in EmptyWords.Where(word => type.Name.EndsWith(word, StringComparison.Ordinal)))
            {
                yield return $"{type.Place()}: {type.ToDisplayString()} ends in {word}.";
            }

            foreach (ISymbol symbol in Names(type).Where(symbol => symbol.Name.Contains("WebHook", StringComparison.Ordinal)))
            {
                string name = symbol is IParameterSymbol ? symbol.Name : symbol.ToDisplayString();
                yield return $"{symbol.Place()}: {name}: Webhook is one word.";
            }
        }
    }

    private static IEnumerable<ISymbol> Names(INamedTypeSymbol type)
    {
        ISymbol[] members = [.. type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member is not INamedTypeSymbol)];
        IEnumerable<IMethodSymbol> methods = members.OfType<IMethodSymbol>().Where(method => method.AssociatedSymbol is null);

        return [type, .. members.Except(members.OfType<IMethodSymbol>()), .. methods, .. methods.SelectMany(method => method.Parameters)];
    }

    private static bool IsInEmptyFolder(string path) =>
        path.Split('/')[..^1].Any(folder => EmptyFolders.Contains(folder) || EmptyFolders.Contains(folder.Split('.')[^1]));
}
