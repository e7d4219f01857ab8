using System;
using System.Text.Json;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// The data with an <c>id</c> at its top level, which Zapier demands of every record ("Deduplication").
/// </summary>
internal sealed class RestHookFormat() : WebhookFormat(nameof(RestHook))
{
    internal override EventComposition Compose(WebhookEvent webhookEvent, string? source) =>
        new() { Format = this, Body = WithId(webhookEvent.Data, webhookEvent.Id), MediaType = "application/json" };

    /// <summary>Gives an object without an <c>id</c> this one, as its first member; other data is given as it is.</summary>
    public static ReadOnlyMemory<byte> WithId(ReadOnlyMemory<byte> data, string id)
    {
        if (!LacksId(data.Span, out int start, out bool isEmpty))
        {
            return data;
        }

        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteEndObject();
        writer.Flush();
        ReadOnlySpan<byte> member = buffer.WrittenSpan[..^1];
        return (byte[])[.. member, .. isEmpty ? ""u8 : ","u8, .. data.Span[start..]];
    }

    private static bool LacksId(ReadOnlySpan<byte> data, out int start, out bool isEmpty)
    {
        var reader = new Utf8JsonReader(data);
        (start, isEmpty) = (0, true);

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        start = (int)reader.BytesConsumed;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;

            if (reader.ValueTextEquals("id"u8))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }
}
