using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// Writes an event as the JSON that Skalin's webhooks take, members in the order of its document.
/// </summary>
internal static class SkalinBody
{
    private const string TimestampFormat = "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
    private const string LocalTimeFormat = "HH':'mm':'ss";

    public static void Write(SkalinEvent skalinEvent, IBufferWriter<byte> buffer)
    {
        Span<char> time = stackalloc char["2021-05-08T12:00:05".Length];
        var writer = new WebhookJsonWriter(buffer);

        writer.WriteStartObject();
        writer.WriteString("eventId"u8, skalinEvent.Id);
        writer.WriteString("customerId"u8, skalinEvent.CustomerId);

        if (skalinEvent.Timestamp is { } timestamp)
        {
            timestamp.TryFormat(time, out int length, TimestampFormat, CultureInfo.InvariantCulture);
            writer.WriteString("ts"u8, time[..length]);
        }

        if (skalinEvent.LocalTime is { } localTime)
        {
            localTime.TryFormat(time, out int length, LocalTimeFormat, CultureInfo.InvariantCulture);
            writer.WriteString("localtime"u8, time[..length]);
        }

        writer.WriteStartObject("event"u8);
        writer.WriteString("name"u8, skalinEvent.Feature);

        // The document's first template quotes the score; all its filled-in samples have a number.
        writer.WriteNumber("score"u8, skalinEvent.Score);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
    }
}
