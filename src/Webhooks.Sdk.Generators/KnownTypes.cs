using System.Linq;
using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// The types that the generator knows by name.
/// </summary>
internal static class KnownTypes
{
    public const string Attribute = "Webhooks.Sdk.WebhookDataAttribute";
    public const string Writer = "Webhooks.Sdk.WebhookJsonWriter";

    private const string Data = "Webhooks.Sdk.IWebhookData";

    private static readonly SymbolDisplayFormat NameFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>
    /// Gives the full name of a type without type arguments, as <c>System.Collections.Generic.List</c>.
    /// </summary>
    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(NameFormat);

    /// <summary>
    /// Whether a type writes itself: by its own attribute, or because it was compiled so.
    /// </summary>
    public static bool IsData(ITypeSymbol type, IAssemblySymbol assembly) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(constraint => Implements(constraint)),
        { TypeKind: TypeKind.Interface } => Implements(type),

        // A derived type that only inherits the writer of its base would lose what it adds.
        INamedTypeSymbol => type.Interfaces.Any(contract => NameOf(contract) == Data) || (IsMarked(type) && IsOf(type, assembly)),
        _ => false,
    };

    /// <summary>
    /// Gives the attribute of a name that a symbol has, or one derived from it.
    /// </summary>
    public static AttributeData? FindAttribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => IsOrDerivesFrom(attribute.AttributeClass, name));

    private static bool IsMarked(ITypeSymbol type) => FindAttribute(type, Attribute) is not null;

    private static bool IsOf(ITypeSymbol type, IAssemblySymbol assembly) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);

    private static bool Implements(ITypeSymbol type) =>
        NameOf(type) == Data || type.AllInterfaces.Any(contract => NameOf(contract) == Data);

    private static bool IsOrDerivesFrom(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (NameOf(type) == name)
            {
                return true;
            }
        }

        return false;
    }
}
