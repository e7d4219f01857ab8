using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// With System.Text.Json's escaping, the text is that of its own writer, byte for byte.
/// </summary>
public sealed class SystemTextJsonOracleTests
{
    private const int Batch = 500;

    [Fact]
    public void WriteStringValue_WithFuzzedText_IsUtf8JsonWriters() =>
        AssertSame(200_000, FuzzedText.Next, (ref writer, text) => writer.WriteStringValue(text), (writer, text) => writer.WriteStringValue(text));

    [Fact]
    public void WriteStringValue_WithFuzzedUtf8_IsUtf8JsonWriters() =>
        AssertSame(60_000, FuzzedText.NextUtf8, (ref writer, text) => writer.WriteStringValue(text), (writer, text) => writer.WriteStringValue(text));

    [Fact]
    public void WriteString_WithFuzzedNames_IsUtf8JsonWriters() =>
        AssertSame(
            60_000,
            FuzzedText.Next,
            (ref writer, text) =>
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                writer.WriteStartObject();
                writer.WriteNumber(text, 1);
                writer.WriteNull(utf8);
                writer.WriteString(utf8, text);
                writer.WriteEndObject();
            },
            (writer, text) =>
            {
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                writer.WriteStartObject();
                writer.WriteNumber(text, 1);
                writer.WriteNull(utf8);
                writer.WriteString(utf8, text);
                writer.WriteEndObject();
            });

    [Fact]
    public void WriteNumberValue_WithFuzzedDoubles_IsUtf8JsonWriters() =>
        AssertSame(250_000, FuzzedNumber.NextDouble, (ref writer, value) => writer.WriteNumberValue(value), (writer, value) => writer.WriteNumberValue(value));

    [Fact]
    public void WriteNumberValue_WithFuzzedFloats_IsUtf8JsonWriters() =>
        AssertSame(100_000, FuzzedNumber.NextSingle, (ref writer, value) => writer.WriteNumberValue(value), (writer, value) => writer.WriteNumberValue(value));

    [Fact]
    public void WriteNumberValue_WithFuzzedDecimals_IsUtf8JsonWriters() =>
        AssertSame(150_000, FuzzedNumber.NextDecimal, (ref writer, value) => writer.WriteNumberValue(value), (writer, value) => writer.WriteNumberValue(value));

    [Fact]
    public void WriteNumberValue_WithFuzzedIntegers_IsUtf8JsonWriters() =>
        AssertSame(
            100_000,
            FuzzedNumber.NextInteger,
            (ref writer, value) =>
            {
                writer.WriteNumberValue(value);
                writer.WriteNumberValue((ulong)value);
                writer.WriteNumberValue((int)value);
                writer.WriteNumberValue((uint)value);
            },
            (writer, value) =>
            {
                writer.WriteNumberValue(value);
                writer.WriteNumberValue((ulong)value);
                writer.WriteNumberValue((int)value);
                writer.WriteNumberValue((uint)value);
            });

    [Fact]
    public void WriteStringValue_WithFuzzedDates_IsUtf8JsonWriters() =>
        AssertSame(100_000, FuzzedNumber.NextDate, (ref writer, value) => writer.WriteStringValue(value), (writer, value) => writer.WriteStringValue(value));

    [Fact]
    public void WriteStringValue_WithFuzzedInstants_IsUtf8JsonWriters() =>
        AssertSame(100_000, FuzzedNumber.NextInstant, (ref writer, value) => writer.WriteStringValue(value), (writer, value) => writer.WriteStringValue(value));

    [Fact]
    public void Write_WithEveryOtherKind_IsUtf8JsonWriters()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var guid = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");

        AssertSame(
            1,
            _ => bytes,
            (ref writer, value) =>
            {
                writer.WriteStartObject();
                writer.WriteBase64String("bytes+"u8, value);
                writer.WriteString("é", guid);
                writer.WriteBoolean("<a>"u8, true);
                writer.WriteStartArray("'");
                writer.WriteEndArray();
                writer.WriteRaw("&"u8, "{\"'é\" : 1}"u8);
                writer.WriteEndObject();
            },
            (writer, value) =>
            {
                writer.WriteStartObject();
                writer.WriteBase64String("bytes+"u8, value);
                writer.WriteString("é", guid);
                writer.WriteBoolean("<a>"u8, true);
                writer.WriteStartArray("'");
                writer.WriteEndArray();
                writer.WritePropertyName("&"u8);
                writer.WriteRawValue("{\"'é\" : 1}"u8);
                writer.WriteEndObject();
            });
    }

    [Fact]
    public void WriteStringValue_IntoSmallSpans_IsUtf8JsonWriters()
    {
        var random = new Random(29);

        for (int i = 0; i < 5_000; i++)
        {
            string text = FuzzedText.Next(random);
            var output = new StingyBufferWriter();
            var writer = new WebhookJsonWriter(output, WebhookJsonEscaping.SystemTextJson);
            writer.WriteStringValue(text);
            writer.Flush();

            Assert.Equal(Written.ByUtf8JsonWriter(json => json.WriteStringValue(text)), Encoding.UTF8.GetString(output.ToArray()));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void New_WithAnUnknownEscaping_Throws(int value)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(
            "escaping", () => { _ = new WebhookJsonWriter(new ArrayBufferWriter<byte>(), (WebhookJsonEscaping)value); });

        Assert.Contains($"{value} is no escaping", exception.Message, StringComparison.Ordinal);
    }

    // Many values go into one array, so that most of the time is the writers' own.
    private static void AssertSame<T>(int count, Func<Random, T> next, JsonValueWriting<T> ours, Action<Utf8JsonWriter, T> theirs)
    {
        var random = new Random(23);
        var actual = new ArrayBufferWriter<byte>();
        var expected = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(expected);

        for (int done = 0; done < count; done += Batch)
        {
            T[] values = [.. Enumerable.Range(0, Math.Min(Batch, count - done)).Select(_ => next(random))];

            if (!AreSame(values))
            {
                // The one that differs, by itself.
                T culprit = values.First(value => !AreSame([value]));
                Assert.Equal(Encoding.UTF8.GetString(expected.WrittenSpan), Encoding.UTF8.GetString(actual.WrittenSpan));
                Assert.Fail($"{culprit} is written otherwise.");
            }
        }

        bool AreSame(T[] values)
        {
            actual.ResetWrittenCount();
            expected.ResetWrittenCount();
            json.Reset(expected);
            var writer = new WebhookJsonWriter(actual, WebhookJsonEscaping.SystemTextJson);
            json.WriteStartArray();
            writer.WriteStartArray();

            foreach (T value in values)
            {
                theirs(json, value);
                ours(ref writer, value);
            }

            json.WriteEndArray();
            writer.WriteEndArray();
            json.Flush();
            writer.Flush();
            return actual.WrittenSpan.SequenceEqual(expected.WrittenSpan);
        }
    }
}
