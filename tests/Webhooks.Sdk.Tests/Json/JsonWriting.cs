namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// What a test writes: a lambda cannot capture the writer, which is a ref struct.
/// </summary>
internal delegate void JsonWriting(ref WebhookJsonWriter writer);
