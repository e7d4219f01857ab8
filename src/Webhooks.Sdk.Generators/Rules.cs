using Microsoft.CodeAnalysis;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// What the generator and the analyzer tell. Ids are a contract: never reuse one, never renumber.
/// </summary>
internal static class Rules
{
    private const string Category = "Webhooks";

    public static readonly DiagnosticDescriptor NotPartial = Error(
        "WHK001",
        "A type with [WebhookData] must be partial",
        "'{0}' must be declared partial: the writer of '{1}' is generated into it");

    public static readonly DiagnosticDescriptor CannotBeMarked = Error(
        "WHK002",
        "The type cannot have [WebhookData]",
        "'{0}' cannot have [WebhookData]: {1}");

    public static readonly DiagnosticDescriptor UnsupportedMember = Error(
        "WHK003",
        "The type of the member cannot be written as JSON",
        "'{0}' cannot be written as JSON: {1} (or leave it out with [JsonIgnore])");

    public static readonly DiagnosticDescriptor SameName = Error(
        "WHK004",
        "Two members have the same JSON name",
        "'{0}' and '{1}' would both be written as \"{2}\", and receivers would disagree about which one counts. Rename one with [JsonPropertyName].");

    public static readonly DiagnosticDescriptor NotHonoured = Error(
        "WHK005",
        "The attribute is not honoured",
        "[{0}] on '{1}' would change the JSON, but generated writers do not honour it. Remove it, or write this type with a JsonSerializerContext.");

    public static readonly DiagnosticDescriptor InvalidOption = Error(
        "WHK006",
        "The option of [WebhookData] is not possible",
        "{0} of [WebhookData] on '{1}' must be {2}");

    public static readonly DiagnosticDescriptor OldLanguage = Error(
        "WHK007",
        "[WebhookData] needs C# 11",
        "The writer of '{0}' needs C# 11 or later; set LangVersion to it, or leave LangVersion out");

    public static readonly DiagnosticDescriptor WriterCopied = new(
        "WHK101",
        "A WebhookJsonWriter is copied",
        "'{0}' is a copy of the WebhookJsonWriter, and both would write over each other; make it {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
