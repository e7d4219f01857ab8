namespace Webhooks.Sdk.Generators;

/// <summary>
/// A type with <c>[WebhookData]</c>: all that its writer is made of, and nothing that keeps a compilation alive.
/// </summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Declarations">How it and the types around it are declared, the outermost first, as <c>partial record struct Name&lt;T&gt;</c>.</param>
/// <param name="Members">Its members in the order in which they are written.</param>
internal sealed record DataType(
    string HintName, string Namespace, EquatableArray<string> Declarations, EquatableArray<DataMember> Members);
