using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// The analyzer that reads the list passes over an entry that it cannot resolve, so a slip of the pen would ban nothing.
/// </summary>
public sealed class BannedSymbolsTests
{
    private static readonly string[] Entries = Repository.Read("src/BannedSymbols.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Entries_Each_NamesAnApiThatExistsAndSaysWhatToUse()
    {
        Expect.None(Entries.Where(entry =>
            entry.Split(';') is not [var id, { Length: > 0 }]
            || DocumentationCommentId.GetFirstSymbolForDeclarationId(id, SourceTree.Core.Compilation) is null));
    }

    [Theory]
    [InlineData("System.Threading.Thread", "Sleep")]
    [InlineData("System.Threading.Tasks.Task", "Delay")]
    [InlineData("System.Net.Http.HttpClient", ".ctor")]
    public void Entries_CoverEveryOverloadThatTakesNoTimeProvider(string type, string method)
    {
        string?[] overloads =
        [
            .. SourceTree.Core.Compilation.GetTypeByMetadataName(type)!
                .GetMembers(method)
                .OfType<IMethodSymbol>()
                .Where(overload => overload.DeclaredAccessibility == Accessibility.Public)
                .Where(overload => overload.Parameters.All(parameter => parameter.Type.Name != nameof(TimeProvider)))
                .Select(overload => overload.GetDocumentationCommentId()),
        ];

        Assert.NotEmpty(overloads);
        Assert.Empty(overloads.Except(Entries.Select(entry => entry.Split(';')[0])));
    }
}
