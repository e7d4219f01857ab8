namespace Webhooks.Sdk.Generators;

/// <summary>
/// A property or field that is written.
/// </summary>
/// <param name="Name">Its name, as C# has it.</param>
/// <param name="Json">Its name in JSON, escaped and without quotation marks.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Omission">When it is left out.</param>
internal sealed record DataMember(string Name, string Json, ValueShape Value, Omission Omission);
