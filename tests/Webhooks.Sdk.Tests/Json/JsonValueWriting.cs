namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// How a test writes one of many values.
/// </summary>
internal delegate void JsonValueWriting<in T>(ref WebhookJsonWriter writer, T value);
