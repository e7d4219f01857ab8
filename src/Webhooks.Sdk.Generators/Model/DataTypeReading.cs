namespace Webhooks.Sdk.Generators;

/// <summary>
/// What came of reading a type with <c>[WebhookData]</c>.
/// </summary>
/// <param name="Type">The type; null when no writer can be made for it.</param>
/// <param name="Findings">What the user is told.</param>
internal sealed record DataTypeReading(DataType? Type, EquatableArray<Finding> Findings);
