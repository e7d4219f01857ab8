using System;
using System.Buffers;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterAllocationTests
{
    private static readonly string LongText = string.Concat(System.Linq.Enumerable.Repeat("Élan \"漢字\" 😀\n\uD83D", 500));
    private static readonly byte[] LongUtf8 = System.Text.Encoding.UTF8.GetBytes(LongText);
    private static readonly byte[] InvalidUtf8 = [(byte)'a', 0xFF, (byte)'"'];
    private static readonly Uri Url = new("https://acme.example/hooks");

    [Fact]
    public void Write_EveryKindOfValueOnceWarm_AllocatesNothing()
    {
        var output = new ArrayBufferWriter<byte>(256 * 1024);

        Assert.Equal(0, Allocations.OnceWarm(() =>
        {
            output.ResetWrittenCount();
            WriteEverything(output);
        }));
    }

    [Fact]
    public void Write_IntoAPooledBufferOnceWarm_AllocatesNothing()
    {
        using var output = new PooledBufferWriter();

        Assert.Equal(0, Allocations.OnceWarm(() =>
        {
            output.Clear();
            WriteEverything(output);
        }));
    }

    private static void WriteEverything(IBufferWriter<byte> output)
    {
        var writer = new WebhookJsonWriter(output);

        writer.WriteStartObject();
        writer.WriteString("text"u8, "ActivationService");
        writer.WriteString("text", LongText);
        writer.WriteString("utf8"u8, LongUtf8);
        writer.WriteString("\"é\n"u8, InvalidUtf8);
        writer.WriteString("null"u8, null);
        writer.WriteString("uri", Url);
        writer.WriteString("guid"u8, new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"));
        writer.WriteString("utc"u8, new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Utc));
        writer.WriteString("local"u8, new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Local));
        writer.WriteString("dto"u8, new DateTimeOffset(2021, 5, 8, 12, 0, 5, 120, TimeSpan.FromHours(2)));
        writer.WriteString("date"u8, new DateOnly(2021, 5, 8));
        writer.WriteString("time"u8, new TimeOnly(8, 0, 5, 1));
        writer.WriteString("span"u8, TimeSpan.MinValue);
        writer.WriteStartArray("numbers"u8);
        writer.WriteNumberValue(-1);
        writer.WriteNumberValue(1u);
        writer.WriteNumberValue(long.MinValue);
        writer.WriteNumberValue(ulong.MaxValue);
        writer.WriteNumberValue(Int128.MinValue);
        writer.WriteNumberValue(UInt128.MaxValue);
        writer.WriteNumberValue(Math.PI);
        writer.WriteNumberValue(float.MaxValue);
        writer.WriteNumberValue((Half)0.1);
        writer.WriteNumberValue(1.10m);
        writer.WriteEndArray();
        writer.WriteBoolean("yes", true);
        writer.WriteNull("no"u8);
        writer.WriteBase64String("bytes"u8, LongUtf8);
        writer.WriteRaw("raw"u8, """{"a":[1,2.5,"b"]}"""u8);
        writer.WriteEndObject();
        writer.Flush();
    }
}
