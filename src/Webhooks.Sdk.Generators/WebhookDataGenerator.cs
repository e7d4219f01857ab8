using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Writes the JSON writers of types with <c>[WebhookData]</c>: symbols are read into a model, and the model is written as source.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class WebhookDataGenerator : IIncrementalGenerator
{
    internal const string ReadingStep = "Reading";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<DataTypeReading> readings = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownTypes.Attribute,
                static (_, _) => true,
                static (marked, cancellationToken) => DataTypeReader.Read(marked, cancellationToken))
            .WithTrackingName(ReadingStep);

        context.RegisterSourceOutput(readings, static (output, reading) =>
        {
            foreach (Finding finding in reading.Findings)
            {
                output.ReportDiagnostic(finding.ToDiagnostic());
            }

            if (reading.Type is { } type)
            {
                output.AddSource(type.HintName, SourceText.From(DataTypeSource.Write(type), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
            }
        });
    }
}
