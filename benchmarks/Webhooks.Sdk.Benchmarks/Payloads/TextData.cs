namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// Four long texts.
/// </summary>
public sealed partial record TextData(string Ascii, string French, string Chinese, string Escaped);
