using System;
using System.Buffers;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterBufferTests
{
    private const int MebiByte = 1024 * 1024;

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("a\n")]
    public void Write_OneMebibyteIntoSmallSpans_ArrivesWhole(string unit)
    {
        string text = string.Create(MebiByte, unit, (span, part) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = part[i % part.Length];
            }
        });
        string inJson = text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        Assert.Equal($"\"{inJson}\"", Written.By((ref writer) => writer.WriteStringValue(text)));
        Assert.Equal($"{{\"{inJson}\":\"{inJson}\"}}", Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteString(text, utf8);
            writer.WriteEndObject();
        }));
    }

    [Fact]
    public void Write_OneMebibyteOfBytes_ArrivesWhole()
    {
        byte[] bytes = new byte[MebiByte];
        new Random(5).NextBytes(bytes);
        string base64 = Convert.ToBase64String(bytes);

        Assert.Equal($"[\"{base64}\",\"{base64}\"]", Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteBase64StringValue(bytes);
            writer.WriteRawValue(Encoding.UTF8.GetBytes($"\"{base64}\""));
            writer.WriteEndArray();
        }));
    }

    [Fact]
    public void Write_OfAnySize_AsksForAtMost4096BytesAtOnce()
    {
        var output = new StingyBufferWriter();
        var writer = new WebhookJsonWriter(output);

        writer.WriteStringValue(new string('x', MebiByte));
        writer.Flush();

        Assert.Equal(4096, output.LargestRequest);
        Assert.Equal(MebiByte + 2, output.ToArray().Length);
    }

    [Fact]
    public void BytesWritten_AtAnyTime_CountsWhatIsCommittedAndWhatIsNot()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new WebhookJsonWriter(output);

        writer.WriteStartObject();
        writer.WriteNumber("a"u8, 1);
        Assert.Equal(6, writer.BytesWritten);
        Assert.Equal(0, output.WrittenCount);

        writer.Flush();
        Assert.Equal(6, writer.BytesWritten);
        Assert.Equal(6, output.WrittenCount);

        writer.WriteEndObject();
        Assert.Equal(7, writer.BytesWritten);
        writer.Flush();
        writer.Flush();
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Write_IntoAnOutputThatGivesTooLittle_Throws()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = new WebhookJsonWriter(new BrokenBufferWriter());
            writer.WriteStringValue("a");
        });

        Assert.Contains("gave 1 bytes, but 3", exception.Message, StringComparison.Ordinal);
    }

    private sealed class BrokenBufferWriter : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[1];

        public Span<byte> GetSpan(int sizeHint = 0) => new byte[1];
    }
}
