using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// Writes down what users of an assembly can see, one line a member, in an order that does not depend on the sources'.
/// </summary>
internal static class PublicApi
{
    private static readonly string[] TellingAttributes = ["ExperimentalAttribute", "FlagsAttribute", "ObsoleteAttribute"];

    private static readonly SymbolDisplayFormat TypeFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeConstantValue
            | SymbolDisplayMemberOptions.IncludeExplicitInterface
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeExtensionThis
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeType,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: SymbolDisplayKindOptions.IncludeMemberKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string Describe(IAssemblySymbol assembly) =>
        string.Join('\n', assembly.GlobalNamespace.DescendantTypes()
            .Where(SymbolExtensions.IsVisibleOutside)
            .GroupBy(type => type.ContainingNamespace.ToDisplayString())
            .OrderBy(space => space.Key, StringComparer.Ordinal)
            .SelectMany(space => space
                .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)
                .Select(Describe)
                .Prepend($"namespace {space.Key}\n")));

    private static string Describe(INamedTypeSymbol type)
    {
        IEnumerable<string> members = type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers()
            .Where(IsVisible)
            .OrderBy(Rank)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.ToDisplayString(MemberFormat), StringComparer.Ordinal)
            .Select(member => $"    {Attributes(member)}{member.ToDisplayString(MemberFormat)}\n");

        return $"{Attributes(type)}{Modifiers(type)}{type.ToDisplayString(TypeFormat)}{Parents(type)}\n"
            + string.Concat(members);
    }

    private static string Modifiers(INamedTypeSymbol type) => type switch
    {
        { TypeKind: not TypeKind.Class } => "public ",
        { IsStatic: true } => "public static ",
        { IsAbstract: true } => "public abstract ",
        { IsSealed: true } => "public sealed ",
        _ => "public ",
    };

    private static string Parents(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> parents = [];
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } parent })
        {
            parents.Add(parent);
        }

        if (type.TypeKind != TypeKind.Enum)
        {
            parents.AddRange(type.Interfaces.Where(IsPublic).OrderBy(contract => contract.Name, StringComparer.Ordinal));
        }

        return parents.Count == 0 ? "" : $" : {string.Join(", ", parents.Select(each => each.ToDisplayString(MemberFormat)))}";
    }

    private static string Attributes(ISymbol symbol) =>
        string.Concat(symbol.GetAttributes()
            .Where(attribute => TellingAttributes.Contains(attribute.AttributeClass!.Name) && !IsCompilersOwn(attribute))
            .Select(attribute => $"[{attribute.AttributeClass!.Name.Replace("Attribute", "", StringComparison.Ordinal)}] ")
            .Order(StringComparer.Ordinal));

    // A ref struct and a required member carry an [Obsolete] for compilers that do not know them.
    private static bool IsCompilersOwn(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Value: string reason }, ..] && reason.Contains("not supported in this version", StringComparison.Ordinal);

    private static bool IsPublic(INamedTypeSymbol type) => type.IsVisibleOutside() && type.TypeArguments.OfType<INamedTypeSymbol>().All(IsPublic);

    private static bool IsVisible(ISymbol member) =>
        member is not INamedTypeSymbol
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && (member.CanBeReferencedByName || member is IMethodSymbol { MethodKind: not MethodKind.Ordinary } or IPropertySymbol)
        && member.DeclaredAccessibility switch
        {
            Accessibility.Public => true,
            Accessibility.Protected or Accessibility.ProtectedOrInternal => !member.ContainingType.IsSealed,
            _ => false,
        }
        && !(member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [], ContainingType.IsValueType: true });

    private static (int Kind, decimal Value) Rank(ISymbol member) => member switch
    {
        IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum, ConstantValue: { } value } => (0, Convert.ToDecimal(value, null)),
        IFieldSymbol => (0, 0),
        IMethodSymbol { MethodKind: MethodKind.Constructor } => (1, 0),
        IPropertySymbol => (2, 0),
        IEventSymbol => (3, 0),
        _ => (4, 0),
    };
}
