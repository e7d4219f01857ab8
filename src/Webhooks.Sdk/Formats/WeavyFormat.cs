using Webhooks.Sdk.Json;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// The data as the <c>result</c> of an object (Divalto weavy: "Webhooks").
/// </summary>
internal sealed class WeavyFormat() : WebhookFormat(nameof(Weavy))
{
    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source)
    {
        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        writer.WriteStartObject();
        writer.WritePropertyName("result"u8);
        writer.WriteTrustedRawValue(webhookEvent.Data.Span);
        writer.WriteEndObject();
        writer.Flush();

        return new EventComposition { Format = this, Body = buffer.ToArray(), MediaType = "application/json" };
    }
}
