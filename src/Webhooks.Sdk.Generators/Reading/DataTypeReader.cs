using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Reads a type with <c>[WebhookData]</c> into the model, or finds out why that is not possible.
/// </summary>
internal static class DataTypeReader
{
    private static readonly string[] TypeAttributesNotHonoured =
        ["JsonConverterAttribute", "JsonNumberHandlingAttribute", "JsonPolymorphicAttribute", "JsonDerivedTypeAttribute"];

    private static readonly SymbolDisplayFormat DeclarationFormat = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static DataTypeReading Read(GeneratorAttributeSyntaxContext marked, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)marked.TargetSymbol;
        var findings = new List<Finding>();

        CheckType(type, marked.SemanticModel.Compilation, findings, cancellationToken);
        DataOptions options = DataOptions.Read(type, marked.Attributes[0], findings);
        List<DataMember> members = new MemberReader(type, marked.SemanticModel.Compilation, options, findings).ReadAll(cancellationToken);

        return new DataTypeReading(findings.Count > 0 ? null : Describe(type, members), findings.ToImmutableArray());
    }

    private static void CheckType(INamedTypeSymbol type, Compilation compilation, List<Finding> findings, CancellationToken cancellationToken)
    {
        Location place = type.Locations[0];

        foreach (INamedTypeSymbol declared in Around(type).Where(each => !IsPartial(each, cancellationToken)))
        {
            findings.Add(Finding.Create(Rules.NotPartial, declared.Locations[0], declared.Name, type.Name));
        }

        string? reason = type switch
        {
            { IsStatic: true } => "a static class has no data",
            { IsRefLikeType: true } => "a ref struct cannot be handed to the methods that take data; make it a struct",
            _ when Around(type).Any(each => each.IsFileLocal) => "a file-local type cannot be declared in the generated file as well; make it internal",
            _ => null,
        };

        if (reason is not null)
        {
            findings.Add(Finding.Create(Rules.CannotBeMarked, place, type.Name, reason));
        }

        if (compilation is CSharpCompilation { LanguageVersion: < LanguageVersion.CSharp11 })
        {
            findings.Add(Finding.Create(Rules.OldLanguage, place, type.Name));
        }

        foreach (string name in TypeAttributesNotHonoured)
        {
            if (KnownTypes.FindAttribute(type, "System.Text.Json.Serialization." + name) is { } attribute)
            {
                findings.Add(Finding.Create(Rules.NotHonoured, place, MemberReader.ShortName(attribute), type.Name));
            }
        }
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // The outermost first.
    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? Around(outer).Concat([type]) : [type];

    private static DataType Describe(INamedTypeSymbol type, List<DataMember> members)
    {
        string space = type.ContainingNamespace.IsGlobalNamespace
            ? ""
            : type.ContainingNamespace.ToDisplayString(
                SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        ImmutableArray<string> declarations = [.. Around(type).Select(each => $"partial {Keyword(each)} {each.ToDisplayString(DeclarationFormat)}")];

        return new DataType(HintName(type), space, declarations, members.ToImmutableArray());
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Interface } => "interface",
        { IsValueType: true } => "struct",
        _ => "class",
    };

    private static string HintName(INamedTypeSymbol type)
    {
        var name = new StringBuilder();

        if (!type.ContainingNamespace.IsGlobalNamespace)
        {
            name.Append(type.ContainingNamespace.ToDisplayString()).Append('.');
        }

        foreach (INamedTypeSymbol each in Around(type))
        {
            name.Append(each.MetadataName.Replace('`', '-')).Append('.');
        }

        return name.Append("WebhookData.g.cs").ToString();
    }
}
