using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Finds the members that are written, in the order of System.Text.Json: those of the type itself first, then those of its base types.
/// </summary>
internal sealed class MemberReader(INamedTypeSymbol type, Compilation compilation, DataOptions options, List<Finding> findings)
{
    private const string Json = "System.Text.Json.Serialization.";

    private static readonly string[] AttributesNotHonoured = ["JsonNumberHandlingAttribute", "JsonExtensionDataAttribute"];

    private readonly ShapeReader _shapes = new(type.ContainingAssembly);

    public static string ShortName(AttributeData attribute)
    {
        const string Suffix = "Attribute";
        string name = attribute.AttributeClass!.Name;

        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    public List<DataMember> ReadAll(CancellationToken cancellationToken)
    {
        var members = new List<(int Order, DataMember Member)>();
        var names = new HashSet<string>(StringComparer.Ordinal);

        for (INamedTypeSymbol? each = type; each is not null && each.SpecialType is SpecialType.None; each = each.BaseType)
        {
            foreach (ISymbol symbol in each.GetMembers())
            {
                cancellationToken.ThrowIfCancellationRequested();

                // What a derived type overrides or hides, is written or left out as that says.
                if (IsCandidate(symbol) && names.Add(symbol.Name) && Read(symbol) is { } member)
                {
                    members.Add((Order(symbol), member));
                }
            }
        }

        List<DataMember> ordered = [.. members.OrderBy(member => member.Order).Select(member => member.Member)];
        CheckNames(ordered);
        return ordered;
    }

    private static bool IsCandidate(ISymbol symbol) => symbol switch
    {
        { IsStatic: true } => false,
        IPropertySymbol { IsIndexer: true } => false,
        IPropertySymbol { GetMethod: { } getter } => getter.DeclaredAccessibility == Accessibility.Public || IsIncluded(symbol),
        IFieldSymbol => IsIncluded(symbol),
        _ => false,
    };

    private static bool IsIncluded(ISymbol symbol) => KnownTypes.FindAttribute(symbol, Json + "JsonIncludeAttribute") is not null;

    private static int Order(ISymbol symbol) =>
        KnownTypes.FindAttribute(symbol, Json + "JsonPropertyOrderAttribute")?.ConstructorArguments.FirstOrDefault().Value as int? ?? 0;

    private static IgnoreCondition? Condition(ISymbol symbol)
    {
        if (KnownTypes.FindAttribute(symbol, Json + "JsonIgnoreAttribute") is not { } attribute)
        {
            return null;
        }

        return (IgnoreCondition)(attribute.NamedArguments.FirstOrDefault().Value.Value as int? ?? (int)IgnoreCondition.Always);
    }

    private DataMember? Read(ISymbol symbol)
    {
        IgnoreCondition? condition = Condition(symbol);

        if (condition is IgnoreCondition.Always or IgnoreCondition.WhenWriting || !IsHonoured(symbol))
        {
            return null;
        }

        ITypeSymbol valueType = symbol is IPropertySymbol property ? property.Type : ((IFieldSymbol)symbol).Type;

        if (_shapes.Read(valueType, symbol, out string problem) is not { } shape)
        {
            findings.Add(Finding.Create(Rules.UnsupportedMember, Place(symbol), $"{type.Name}.{symbol.Name}", problem));
            return null;
        }

        return new DataMember(CSharpName(symbol), JsonNames.Escape(JsonName(symbol)), shape, OmissionOf(condition, shape));
    }

    private bool IsHonoured(ISymbol symbol)
    {
        AttributeData? refused = AttributesNotHonoured
            .Select(name => KnownTypes.FindAttribute(symbol, Json + name))
            .FirstOrDefault(attribute => attribute is not null);

        ISymbol read = symbol is IPropertySymbol { GetMethod: { } getter } ? getter : symbol;

        if (IsIncluded(symbol) && !compilation.IsSymbolAccessibleWithin(read, type))
        {
            refused = KnownTypes.FindAttribute(symbol, Json + "JsonIncludeAttribute");
        }

        if (KnownTypes.FindAttribute(symbol, Json + "JsonConverterAttribute") is { } converter && !EnumReader.IsNamesConverter(converter))
        {
            refused = converter;
        }

        if (refused is not null)
        {
            findings.Add(Finding.Create(Rules.NotHonoured, Place(symbol), ShortName(refused), $"{type.Name}.{symbol.Name}"));
        }

        return refused is null;
    }

    private string JsonName(ISymbol symbol) =>
        KnownTypes.FindAttribute(symbol, Json + "JsonPropertyNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string
        ?? JsonNames.Convert(symbol.Name, options.Naming);

    private Omission OmissionOf(IgnoreCondition? condition, ValueShape shape)
    {
        Omission omission = condition switch
        {
            null => options.Omission,
            IgnoreCondition.WhenWritingNull => Omission.WhenNull,
            IgnoreCondition.WhenWritingDefault => Omission.WhenDefault,
            _ => Omission.Never,
        };

        // For what can be null, that is the default; what cannot be, is never left out for it.
        return (omission, shape.CanBeNull) switch
        {
            (Omission.WhenDefault, true) => Omission.WhenNull,
            (Omission.WhenNull, false) => Omission.Never,
            _ => omission,
        };
    }

    private void CheckNames(List<DataMember> members)
    {
        var seen = new Dictionary<string, DataMember>(StringComparer.Ordinal);

        foreach (DataMember member in members)
        {
            if (seen.TryGetValue(member.Json, out DataMember? other))
            {
                ISymbol? symbol = type.GetMembers().FirstOrDefault(each => CSharpName(each) == member.Name);
                findings.Add(Finding.Create(Rules.SameName, symbol is null ? type.Locations[0] : Place(symbol), other.Name, member.Name, member.Json));
            }
            else
            {
                seen.Add(member.Json, member);
            }
        }
    }

    // A member of a base type may be in another assembly, which has no lines.
    private Location Place(ISymbol symbol) => symbol.Locations.FirstOrDefault(place => place.IsInSource) ?? type.Locations[0];

    private static string CSharpName(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(symbol.Name) != SyntaxKind.None
            ? "@" + symbol.Name
            : symbol.Name;
}
