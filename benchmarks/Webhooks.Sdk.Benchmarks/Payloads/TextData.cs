namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// Four long texts.
/// </summary>
public sealed record TextData(string Ascii, string French, string Chinese, string Escaped);
