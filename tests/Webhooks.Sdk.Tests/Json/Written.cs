using System;
using System.Buffers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// Runs a writing against outputs of every kind and gives the text, which is the same for all of them.
/// </summary>
internal static class Written
{
    public static string By(JsonWriting writing) => Encoding.UTF8.GetString(BytesBy(writing));

    public static byte[] BytesBy(JsonWriting writing)
    {
        byte[] bytes = Into(new ArrayBufferWriter<byte>(), writing);
        byte[] stingy = Into(new StingyBufferWriter(), writing);

        Assert.Equal(bytes, stingy);
        return bytes;
    }

    /// <summary>
    /// Gives what System.Text.Json's writer makes of the same value.
    /// </summary>
    public static string ByUtf8JsonWriter(Action<Utf8JsonWriter> writing)
    {
        var buffer = new ArrayBufferWriter<byte>();

        using (var writer = new Utf8JsonWriter(buffer))
        {
            writing(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static byte[] Into(ArrayBufferWriter<byte> buffer, JsonWriting writing)
    {
        WriteAll(buffer, writing);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Into(StingyBufferWriter buffer, JsonWriting writing)
    {
        WriteAll(buffer, writing);
        return buffer.ToArray();
    }

    private static void WriteAll(IBufferWriter<byte> buffer, JsonWriting writing)
    {
        var writer = new WebhookJsonWriter(buffer);
        writing(ref writer);
        writer.Flush();
    }
}
