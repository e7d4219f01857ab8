using System;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterRawTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("\"a\\u00e9\"")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("""{ "a" : [ 1, {} ] }""")]
    [InlineData(" [] \n")]
    public void WriteRawValue_WithOneValue_WritesItByteForByte(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.Equal($$"""[{{json}},{{json}},{"a":{{json}},"b":{{json}}}]""", Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteRawValue(bytes);
            writer.WriteTrustedRawValue(bytes);
            writer.WriteStartObject();
            writer.WriteRaw("a"u8, bytes);
            writer.WriteRaw("b", bytes);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("{\"a\":1}}")]
    [InlineData("// secret\n1")]
    [InlineData("secret")]
    [InlineData("01")]
    [InlineData("\uFEFF1")]
    public void WriteRawValue_WithAnythingElse_ThrowsWithoutQuotingIt(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        ArgumentException exception = Assert.Throws<ArgumentException>("utf8Json", () => Written.By((ref writer) => writer.WriteRawValue(bytes)));

        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("utf8Json", () => Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteRaw("a"u8, bytes);
        }));
    }

    [Fact]
    public void WriteRawValue_WithInvalidUtf8_Throws()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "utf8Json",
            () => Written.By((ref writer) => writer.WriteRawValue([(byte)'"', 0xFF, (byte)'"'])));

        Assert.Contains("UTF-8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRawValue_WhoseNestingFillsTheRest_IsTheDeepest()
    {
        byte[] sixtyThree = Encoding.UTF8.GetBytes(new string('[', 63) + new string(']', 63));
        byte[] sixtyFour = Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64));

        Assert.Equal(128, Written.BytesBy((ref writer) => writer.WriteRawValue(sixtyFour)).Length);
        Assert.Equal(128, Written.BytesBy((ref writer) => WriteInArray(ref writer, sixtyThree)).Length);
        Assert.Throws<ArgumentException>("utf8Json", () => Written.By((ref writer) => WriteInArray(ref writer, sixtyFour)));
        Assert.Throws<ArgumentException>("utf8Json", () => Written.By((ref writer) => writer.WriteRawValue([(byte)'[', .. sixtyFour, (byte)']'])));
    }

    [Fact]
    public void WriteBase64String_OfEveryLength_IsConverts()
    {
        var random = new Random(3);

        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            string expected = Convert.ToBase64String(bytes);

            Assert.Equal($$"""[{"a":"{{expected}}","b":"{{expected}}"},"{{expected}}"]""", Written.By((ref writer) =>
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WriteBase64String("a"u8, bytes);
                writer.WriteBase64String("b", bytes);
                writer.WriteEndObject();
                writer.WriteBase64StringValue(bytes);
                writer.WriteEndArray();
            }));
        }
    }

    private static void WriteInArray(ref WebhookJsonWriter writer, byte[] json)
    {
        writer.WriteStartArray();
        writer.WriteRawValue(json);
        writer.WriteEndArray();
    }
}
