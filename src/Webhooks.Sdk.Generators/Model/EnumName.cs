namespace Webhooks.Sdk.Generators;

/// <summary>
/// A member of an enum and the text that it is written as.
/// </summary>
/// <param name="Member">The full name of the member.</param>
/// <param name="Json">The text, escaped and without quotation marks.</param>
internal sealed record EnumName(string Member, string Json);
