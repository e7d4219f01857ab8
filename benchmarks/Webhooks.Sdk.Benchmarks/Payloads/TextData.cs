namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// Four long texts.
/// </summary>
[WebhookData]
public sealed partial record TextData(string Ascii, string French, string Chinese, string Escaped);
