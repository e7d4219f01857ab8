namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// What the customer of a <see cref="SkalinData"/> used.
/// </summary>
[WebhookData]
public sealed partial record SkalinFeature(string Name, int Score);
