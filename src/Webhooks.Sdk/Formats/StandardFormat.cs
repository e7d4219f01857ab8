using Webhooks.Sdk.Json;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// The envelope that Standard Webhooks 1.0.0 recommends ("Payload structure").
/// </summary>
internal sealed class StandardFormat() : WebhookFormat(nameof(Standard))
{
    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source)
    {
        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type"u8, webhookEvent.Type);
        writer.WriteString("timestamp"u8, webhookEvent.Timestamp.UtcDateTime);
        writer.WritePropertyName("data"u8);
        writer.WriteTrustedRawValue(webhookEvent.Data.Span);
        writer.WriteEndObject();
        writer.Flush();

        return new EventComposition { Format = this, Body = buffer.ToArray(), MediaType = "application/json" };
    }
}
