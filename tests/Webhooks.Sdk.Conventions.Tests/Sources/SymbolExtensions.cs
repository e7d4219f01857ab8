using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Conventions.Tests.Sources;

internal static class SymbolExtensions
{
    public static IEnumerable<INamedTypeSymbol> DescendantTypes(this INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (INamedTypeSymbol descendant in member.DescendantTypes())
            {
                yield return descendant;
            }
        }
    }

    public static INamedTypeSymbol Outermost(this INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? outer.Outermost() : type.OriginalDefinition;

    public static bool IsVisibleOutside(this INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || type.ContainingType.IsVisibleOutside());

    /// <summary>
    /// Gets where a symbol is declared, as <c>file:line</c>.
    /// </summary>
    public static string Place(this ISymbol symbol) => symbol.Locations[0].Place();

    public static string Place(this Location location) =>
        $"{location.SourceTree!.FilePath}:{location.GetLineSpan().StartLinePosition.Line + 1}";
}
