using System;
using System.Diagnostics.CodeAnalysis;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// CloudEvents 1.0 in structured content mode (HTTP protocol binding 1.0.2, section 3.2; JSON event format 1.0.2).
/// </summary>
internal sealed class CloudEventsFormat() : WebhookFormat(nameof(CloudEvents))
{
    internal override bool HasSource => true;

    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source)
    {
        RequireSource(source);

        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, webhookEvent.Id);
        writer.WriteString("source"u8, source);
        writer.WriteString("type"u8, webhookEvent.Type);

        if (webhookEvent.Subject is not null)
        {
            writer.WriteString("subject"u8, webhookEvent.Subject);
        }

        writer.WriteString("time"u8, webhookEvent.Timestamp.UtcDateTime);
        writer.WriteString("datacontenttype"u8, "application/json"u8);
        writer.WritePropertyName("data"u8);
        writer.WriteTrustedRawValue(webhookEvent.Data.Span);
        writer.WriteEndObject();
        writer.Flush();

        return new EventComposition
        {
            Format = this,
            Source = source,
            Body = buffer.ToArray(),
            MediaType = "application/cloudevents+json; charset=utf-8",
        };
    }

    /// <exception cref="InvalidOperationException">There is no source, which CloudEvents requires.</exception>
    public static void RequireSource([NotNull] string? source)
    {
        if (source is null)
        {
            throw new InvalidOperationException(
                "A CloudEvent needs a source, and neither the event nor the endpoint has one. "
                + "Set it with WebhookEvent.For(…).WithSource(…), or for all events with WebhookEndpoint.Source.");
        }
    }
}
