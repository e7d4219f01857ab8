using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// With RFC 8259's escaping and no more, a reader gets the values that were written.
/// </summary>
public sealed class ReadBackTests
{
    private const int Batch = 500;

    [Fact]
    public void WriteStringValue_WithFuzzedText_ReadsBack() =>
        AssertReadsBack(
            100_000,
            FuzzedText.Next,
            (ref writer, text) => writer.WriteStringValue(text),
            (element, text) => element.ValueEquals(FuzzedText.WellFormed(text)));

    [Fact]
    public void WriteStringValue_WithFuzzedUtf8_ReadsBack() =>
        AssertReadsBack(
            30_000,
            FuzzedText.NextUtf8,
            (ref writer, text) => writer.WriteStringValue(text),
            (element, text) => element.ValueEquals(Encoding.UTF8.GetString(text)));

    [Fact]
    public void WriteString_WithFuzzedNames_ReadsBack() =>
        AssertReadsBack(
            30_000,
            FuzzedText.Next,
            (ref writer, text) =>
            {
                writer.WriteStartObject();
                writer.WriteString(text, text);
                writer.WriteString(Encoding.UTF8.GetBytes(text), text);
                writer.WriteEndObject();
            },
            (element, text) => element.EnumerateObject().All(member => member.NameEquals(FuzzedText.WellFormed(text)) && member.Value.ValueEquals(FuzzedText.WellFormed(text))));

    [Fact]
    public void WriteNumberValue_WithFuzzedNumbers_ReadsBack()
    {
        AssertReadsBack(
            30_000, FuzzedNumber.NextDouble, (ref writer, value) => writer.WriteNumberValue(value), (element, value) => element.GetDouble().Equals(value));
        AssertReadsBack(
            30_000, FuzzedNumber.NextDecimal, (ref writer, value) => writer.WriteNumberValue(value), (element, value) => element.GetDecimal() == value);
        AssertReadsBack(
            30_000, FuzzedNumber.NextInteger, (ref writer, value) => writer.WriteNumberValue(value), (element, value) => element.GetInt64() == value);
        AssertReadsBack(
            30_000, FuzzedNumber.NextInstant, (ref writer, value) => writer.WriteStringValue(value), (element, value) => element.GetDateTimeOffset().EqualsExact(value));
    }

    private static void AssertReadsBack<T>(int count, Func<Random, T> next, JsonValueWriting<T> write, Func<JsonElement, T, bool> isSame)
    {
        var random = new Random(31);
        var output = new ArrayBufferWriter<byte>();

        for (int done = 0; done < count; done += Batch)
        {
            T[] values = [.. Enumerable.Range(0, Batch).Select(_ => next(random))];
            output.ResetWrittenCount();
            var writer = new WebhookJsonWriter(output);
            writer.WriteStartArray();

            foreach (T value in values)
            {
                write(ref writer, value);
            }

            writer.WriteEndArray();
            writer.Flush();
            using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);

            Assert.All(document.RootElement.EnumerateArray().Zip(values), pair => Assert.True(isSame(pair.First, pair.Second), pair.First.GetRawText()));
        }
    }
}
