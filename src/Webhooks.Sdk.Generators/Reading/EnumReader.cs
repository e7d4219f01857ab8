using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Finds out whether an enum is written by names, and by which.
/// </summary>
internal static class EnumReader
{
    private const int MaxNumberLength = 20;
    private const string Json = "System.Text.Json.Serialization.";

    /// <summary>
    /// Whether a <c>[JsonConverter]</c> asks for the names of an enum.
    /// </summary>
    public static bool IsNamesConverter(AttributeData converter) =>
        converter.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol type && KnownTypes.NameOf(type) == Json + "JsonStringEnumConverter";

    public static ValueShape? Read(INamedTypeSymbol type, ISymbol member, bool canBeNull, out string problem)
    {
        problem = "";
        string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string cast = type.EnumUnderlyingType?.SpecialType == SpecialType.System_UInt64 ? "ulong" : "long";
        var number = new ValueShape(ShapeKind.Number, name, canBeNull) { MaxLength = MaxNumberLength, Cast = cast };

        AttributeData? converter = KnownTypes.FindAttribute(member, Json + "JsonConverterAttribute") ?? KnownTypes.FindAttribute(type, Json + "JsonConverterAttribute");

        if (converter is null)
        {
            return number;
        }

        if (!IsNamesConverter(converter))
        {
            problem = $"'{type.Name}' has a converter, and generated writers use none but JsonStringEnumConverter";
            return null;
        }

        if (KnownTypes.FindAttribute(type, "System.FlagsAttribute") is not null)
        {
            problem = $"'{type.Name}' has [Flags], whose names are written together; remove its converter to write the number";
            return null;
        }

        ImmutableArray<EnumName> names = [.. Names(type, name)];
        int longest = names.Select(each => (each.Json.Length * 3) + 2).Concat([number.MaxLength]).Max();
        return number with { Kind = ShapeKind.EnumNames, Names = names, MaxLength = longest };
    }

    private static IEnumerable<EnumName> Names(INamedTypeSymbol type, string name)
    {
        var values = new HashSet<object>();

        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>())
        {
            // Two names of one value cannot be told apart.
            if (field.ConstantValue is { } value && values.Add(value))
            {
                string? own = KnownTypes.FindAttribute(field, Json + "JsonStringEnumMemberNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;
                yield return new EnumName($"{name}.@{field.Name}", JsonNames.Escape(own ?? field.Name));
            }
        }
    }
}
