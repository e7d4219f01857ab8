using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Finds parameters and variables that copy a <c>WebhookJsonWriter</c>, a mutable struct of which there must be one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CopiedWriterAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.WriterCopied];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();

        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownTypes.Writer) is { } writer)
            {
                start.RegisterSyntaxNodeAction(node => CheckParameter(node, writer), SyntaxKind.Parameter);
                start.RegisterOperationAction(operation => CheckVariable(operation, writer), OperationKind.VariableDeclarator);
                start.RegisterOperationAction(operation => CheckAssignment(operation, writer), OperationKind.SimpleAssignment);
            }
        });
    }

    private static void CheckParameter(SyntaxNodeAnalysisContext context, INamedTypeSymbol writer)
    {
        // By 'in' and 'ref readonly' too: each call through them writes with a fresh copy.
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is IParameterSymbol { RefKind: not (RefKind.Ref or RefKind.Out) } parameter
            && IsWriter(parameter.Type, writer))
        {
            Report(context.ReportDiagnostic, ((ParameterSyntax)context.Node).Identifier.GetLocation(), parameter.Name, $"'ref WebhookJsonWriter {parameter.Name}'");
        }
    }

    private static void CheckVariable(OperationAnalysisContext context, INamedTypeSymbol writer)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;

        if (declarator is { Symbol: { RefKind: RefKind.None } symbol, Initializer.Value: { } value } && IsWriter(symbol.Type, writer) && IsVariable(value))
        {
            Report(context.ReportDiagnostic, declarator.Syntax.GetLocation(), symbol.Name, $"'ref WebhookJsonWriter {symbol.Name} = ref {value.Syntax}'");
        }
    }

    private static void CheckAssignment(OperationAnalysisContext context, INamedTypeSymbol writer)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;

        if (!assignment.IsRef && IsWriter(assignment.Target.Type, writer) && IsVariable(assignment.Value))
        {
            Report(context.ReportDiagnostic, assignment.Syntax.GetLocation(), assignment.Target.Syntax.ToString(), "a 'ref' to the writer, or a writer of its own");
        }
    }

    private static bool IsWriter(ITypeSymbol? type, INamedTypeSymbol writer) => SymbolEqualityComparer.Default.Equals(type, writer);

    private static bool IsVariable(IOperation value) => value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation;

    private static void Report(System.Action<Diagnostic> report, Location place, string name, string fix) =>
        report(Diagnostic.Create(Rules.WriterCopied, place, name, fix));
}
