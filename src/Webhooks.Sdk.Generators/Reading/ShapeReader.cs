using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Reads the type of a member into the way in which it is written.
/// </summary>
internal sealed class ShapeReader(IAssemblySymbol assembly)
{
    // A type can contain itself: class Odd : List<Odd>.
    private const int MostNesting = 8;

    private const string ListName = "System.Collections.Generic.List";
    private const string ImmutableArrayName = "System.Collections.Immutable.ImmutableArray";
    private static readonly ImmutableHashSet<string> Memories = ["System.Memory", "System.ReadOnlyMemory"];
    private static readonly ImmutableHashSet<string> Dictionaries = ["System.Collections.Generic.IReadOnlyDictionary", "System.Collections.Generic.IDictionary"];
    private static readonly ImmutableHashSet<string> IndexedLists = ["System.Collections.Generic.IReadOnlyList", "System.Collections.Generic.IList"];
    private static readonly ImmutableHashSet<string> Collections = ["System.Collections.Generic.IReadOnlyCollection", "System.Collections.Generic.ICollection"];

    private static readonly Dictionary<string, int> QuotedTypes = new(StringComparer.Ordinal)
    {
        ["System.DateTimeOffset"] = 33,
        ["System.DateOnly"] = 10,
        ["System.TimeOnly"] = 16,
        ["System.TimeSpan"] = 26,
        ["System.Guid"] = 36,
    };

    private static readonly Dictionary<string, int> NumberTypes = new(StringComparer.Ordinal)
    {
        ["System.Half"] = 16,
        ["System.Int128"] = 40,
        ["System.UInt128"] = 40,
    };

    /// <summary>
    /// Gives the shape of a number, enums' underlying types among them.
    /// </summary>
    public static ValueShape Number(ITypeSymbol type)
    {
        (int length, string cast) = type.SpecialType switch
        {
            SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 => (11, "int"),
            SpecialType.System_Int32 or SpecialType.System_UInt32 => (11, ""),
            SpecialType.System_Int64 or SpecialType.System_UInt64 => (20, ""),
            SpecialType.System_IntPtr => (20, "long"),
            SpecialType.System_UIntPtr => (20, "ulong"),
            SpecialType.System_Double => (24, ""),
            SpecialType.System_Single => (16, ""),
            SpecialType.System_Decimal => (31, ""),
            _ => (NumberTypes[KnownTypes.NameOf(type)], ""),
        };

        return new ValueShape(ShapeKind.Number, FullName(type), CanBeNull: false) { MaxLength = length, Cast = cast };
    }

    /// <summary>
    /// Gives the shape of a type, or null and why there is none.
    /// </summary>
    public ValueShape? Read(ITypeSymbol type, ISymbol member, out string problem) => Read(type, member, MostNesting, out problem);

    private ValueShape? Read(ITypeSymbol type, ISymbol member, int nesting, out string problem)
    {
        problem = "";
        bool canBeNull = !type.IsValueType;

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
            canBeNull = true;
        }

        if (nesting == 0)
        {
            problem = $"'{Display(type)}' nests too deep, or contains itself";
            return null;
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumType)
        {
            return EnumReader.Read(enumType, member, canBeNull, out problem);
        }

        return ReadScalar(type, canBeNull) ?? ReadContainer(type, member, canBeNull, nesting, out problem);
    }

    private ValueShape? ReadScalar(ITypeSymbol type, bool canBeNull)
    {
        ValueShape Of(ShapeKind kind, int length = 0) => new(kind, FullName(type), canBeNull) { MaxLength = length };
        string name = KnownTypes.NameOf(type);

        return type.SpecialType switch
        {
            SpecialType.System_String => Of(ShapeKind.Text),
            SpecialType.System_Boolean => Of(ShapeKind.Boolean, 5),
            SpecialType.System_Char => Of(ShapeKind.Quoted, 6),
            SpecialType.System_DateTime => Of(ShapeKind.Quoted, 33),
            >= SpecialType.System_SByte and <= SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr =>
                Number(type) with { CanBeNull = canBeNull },
            _ when QuotedTypes.TryGetValue(name, out int length) => Of(ShapeKind.Quoted, length),
            _ when NumberTypes.ContainsKey(name) => Number(type) with { CanBeNull = canBeNull },
            _ when name == "System.Uri" => Of(ShapeKind.Uri),
            _ when name == "System.Text.Json.JsonElement" => Of(ShapeKind.Element),
            _ when IsBytes(type) => Of(ShapeKind.Base64),
            _ when KnownTypes.IsData(type, assembly) => Of(ShapeKind.Data) with { IsReference = type.IsReferenceType },
            _ => null,
        };
    }

    private ValueShape? ReadContainer(ITypeSymbol type, ISymbol member, bool canBeNull, int nesting, out string problem)
    {
        ITypeSymbol? value = null;
        ShapeKind kind = ShapeKind.List;
        ListAccess access = ListAccess.Enumerated;

        if (FindArguments(type, Dictionaries, 2) is { } pair)
        {
            if (pair[0].SpecialType != SpecialType.System_String)
            {
                problem = $"the keys of '{Display(type)}' are no strings, as names in JSON are";
                return null;
            }

            (kind, value) = (ShapeKind.Dictionary, pair[1]);
        }
        else if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            (access, value) = (ListAccess.Array, array.ElementType);
        }
        else if (type is INamedTypeSymbol { TypeArguments.Length: 1 } named && AccessOf(type) is { } known)
        {
            (access, value, canBeNull) = (known, named.TypeArguments[0], canBeNull || known == ListAccess.ImmutableArray);
        }
        else if (FindArguments(type, IndexedLists, 1) is { } list)
        {
            (access, value) = (HasIndex(type) ? ListAccess.Indexed : ListAccess.Enumerated, list[0]);
        }
        else if (FindArguments(type, Collections, 1) is { } collection)
        {
            (access, value) = (ListAccess.Enumerated, collection[0]);
        }

        if (value is null)
        {
            problem = Explain(type);
            return null;
        }

        return Read(value, member, nesting - 1, out problem) is { } element
            ? new ValueShape(kind, FullName(type), canBeNull) { Element = element, Access = access }
            : null;
    }

    private static ListAccess? AccessOf(ITypeSymbol type) => KnownTypes.NameOf(type) switch
    {
        ListName => ListAccess.List,
        ImmutableArrayName => ListAccess.ImmutableArray,
        var name when Memories.Contains(name) => ListAccess.Memory,
        _ => null,
    };

    // A class may implement a list so that only the interface shows it.
    private static bool HasIndex(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
        {
            return true;
        }

        var properties = new List<IPropertySymbol>();

        for (ITypeSymbol? each = type; each is not null; each = each.BaseType)
        {
            properties.AddRange(each.GetMembers().OfType<IPropertySymbol>().Where(property => property.DeclaredAccessibility == Accessibility.Public));
        }

        return properties.Any(property => property is { Name: "Count", Type.SpecialType: SpecialType.System_Int32 })
            && properties.Any(property => property is { IsIndexer: true, Parameters.Length: 1 } && property.Parameters[0].Type.SpecialType == SpecialType.System_Int32);
    }

    private static bool IsBytes(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType.SpecialType == SpecialType.System_Byte,
        INamedTypeSymbol { TypeArguments.Length: 1 } named =>
            named.TypeArguments[0].SpecialType == SpecialType.System_Byte && Memories.Contains(KnownTypes.NameOf(type)),
        _ => false,
    };

    private static ImmutableArray<ITypeSymbol>? FindArguments(ITypeSymbol type, ImmutableHashSet<string> contracts, int count) =>
        type.AllInterfaces
            .Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } own ? [own] : [])
            .FirstOrDefault(contract => contract.TypeArguments.Length == count && contracts.Contains(KnownTypes.NameOf(contract)))
            ?.TypeArguments;

    private string Explain(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } => "an object can be of any type; give the member the type that it has",
        { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } =>
            "an IEnumerable<T> may be lazy, and would run twice: to be measured and to be written; use IReadOnlyList<T>",
        IArrayTypeSymbol => "JSON has no arrays of several dimensions; use an array of arrays",
        ITypeParameterSymbol => $"'{type.Name}' can be of any type; constrain it with 'where {type.Name} : IWebhookData'",
        { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false } when SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly) =>
            $"'{Display(type)}' has no writer; mark it with [WebhookData] as well",
        _ => $"'{Display(type)}' has no writer; use a type with [WebhookData], a string, a number, a date, a list or a dictionary",
    };

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
