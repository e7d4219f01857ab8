using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Webhooks.Sdk.Generators.Tests.Shapes;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

public sealed class WritingDataTests
{
    private static readonly Leaf Small = new() { Name = "a" };

    private static readonly Leaf Large = new() { Name = new string('\u0001', 100_000) };

    [Fact]
    public void WithJson_Data_IsTheBody()
    {
        WebhookRequest request = WebhookRequest.Post("https://a.example/").WithJson(Small).Build();

        Assert.Equal("application/json", request.MediaType);
        Assert.Equal("""{"name":"a","next":null}""", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public void WithJson_Struct_IsTheBody()
    {
        WebhookRequest request = WebhookRequest.Put("https://a.example/").WithJson(new Point { X = 1 }).Build();

        Assert.Equal("""{"x":1,"y":null}""", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public void WithJson_DataThatIsAlsoPairs_IsWrittenAsData()
    {
        WebhookRequest request = WebhookRequest.Post("https://a.example/").WithJson(new Bag { Name = "x" }).Build();

        Assert.Equal("""{"name":"x"}""", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Fact]
    public void WithJson_Pairs_StillAreWrittenAsPairs()
    {
        WebhookRequestBuilder builder = WebhookRequest.Post("https://a.example/");

        builder.WithJson(new Dictionary<string, string> { ["a"] = "b" });
        builder.WithJson(new Dictionary<string, object?> { ["a"] = null });
        builder.WithJson([new KeyValuePair<string, int>("a", 1)]);

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(builder.Build().Body.Span));
    }

    [Fact]
    public void WithJson_NullOrGet_Throws()
    {
        Assert.Throws<ArgumentNullException>("data", () => WebhookRequest.Post("https://a.example/").WithJson((Leaf)null!));
        Assert.Throws<InvalidOperationException>(() => WebhookRequest.Get("https://a.example/").WithJson(Small));
    }

    [Fact]
    public void ToUtf8Bytes_SmallAndLarge_AreTheSameAsWriteJson()
    {
        foreach (Leaf leaf in (Leaf[])[Small, Large])
        {
            Assert.Equal(Guarded.Write(leaf), WebhookData.ToUtf8Bytes(leaf));
        }

        Assert.Equal(Guarded.Write(new Point { X = -1 }), WebhookData.ToUtf8Bytes(new Point { X = -1 }));
    }

    [Fact]
    public void WriteTo_SmallAndLarge_AreTheSameAsWriteJson()
    {
        var output = new ArrayBufferWriter<byte>();

        Small.WriteTo(output);
        Large.WriteTo(output);
        new Point { X = 7 }.WriteTo(output);

        Assert.Equal([.. Guarded.Write(Small), .. Guarded.Write(Large), .. Guarded.Write(new Point { X = 7 })], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void WriteTo_DataThatCannotBeWritten_LeavesTheOutputAsItWas()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<InvalidOperationException>(() => new Numbers { Double = double.NaN }.WriteTo(output));
        Assert.Throws<ArgumentNullException>("data", () => ((Leaf)null!).WriteTo(output));
        Assert.Throws<ArgumentNullException>("output", () => Small.WriteTo(null!));

        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void WriteData_InObjectsAndArrays_IsAMemberOrAnElement()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new WebhookJsonWriter(output);

        writer.WriteStartObject();
        writer.WriteData("a"u8, Small);
        writer.WriteData("é", new Point());
        writer.WriteStartArray("c"u8);
        writer.WriteDataValue(Small);
        writer.WriteDataValue(Large);
        writer.WriteDataValue(Small);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();

        string small = Guarded.WriteText(Small);
        Assert.Equal(
            $$"""{"a":{{small}},"é":{"x":0,"y":null},"c":[{{small}},{{Guarded.WriteText(Large)}},{{small}}]}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void WriteDataValue_DataThatCannotBeWritten_LeavesTheWriterAsItWas()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new WebhookJsonWriter(output);
        writer.WriteStartArray();
        writer.WriteDataValue(Small);

        bool thrown = false;
        try
        {
            writer.WriteDataValue(new Numbers { Double = double.NaN });
        }
        catch (InvalidOperationException)
        {
            thrown = true;
        }

        writer.WriteDataValue(new Point());
        writer.WriteEndArray();
        writer.Flush();

        Assert.True(thrown);
        Assert.Equal($$"""[{{Guarded.WriteText(Small)}},{"x":0,"y":null}]""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("a", "\"a\"")]
    [InlineData("é\"\u0001", "\"é\\\"\\u0001\"")]
    public void WriteData_DataThatCannotBeWritten_LeavesTheWriterAsItWasBeforeTheName(string name, string written)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new WebhookJsonWriter(output);
        writer.WriteStartObject();
        writer.WriteData("small"u8, Small);
        int thrown = 0;

        for (int i = 0; i < 2; i++)
        {
            try
            {
                if (i == 0)
                {
                    writer.WriteData(name, new Numbers { Double = double.NaN });
                }
                else
                {
                    writer.WriteData(Encoding.UTF8.GetBytes(name), new Numbers { Double = double.NaN });
                }
            }
            catch (InvalidOperationException)
            {
                thrown++;
            }
        }

        writer.WriteData(name, new Point());
        writer.WriteEndObject();
        writer.Flush();

        Assert.Equal(2, thrown);
        Assert.Equal(
            "{\"small\":" + Guarded.WriteText(Small) + "," + written + ":{\"x\":0,\"y\":null}}",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void WriteDataValue_Depth_CountsWithWhatIsAroundIt(int depth, bool fits)
    {
        Exception? thrown = Record.Exception(() =>
        {
            var writer = new WebhookJsonWriter(new ArrayBufferWriter<byte>());

            for (int i = 0; i < depth; i++)
            {
                writer.WriteStartArray();
            }

            writer.WriteDataValue(Small);
        });

        Assert.Equal(fits, thrown is null);
    }

    [Fact]
    public void Write_OnceWarm_AllocatesNothing()
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var lists = new Lists
        {
            Immutable = [1],
            Array = [.. Enumerable.Range(0, 10_000)],
            Leaves = [Small, new Leaf { Name = new string('é', 5_000) }],
            Points = [new Point { Y = 1.5 }],
            Dictionary = new() { ["a"] = 1 },
        };

        void Write()
        {
            output.ResetWrittenCount();
            Small.WriteTo(output);
            new Point().WriteTo(output);
            Samples.LongestNumbers.WriteTo(output);
            Samples.LongestTimes.WriteTo(output);
            lists.WriteTo(output);
            var writer = new WebhookJsonWriter(output);
            writer.WriteStartArray();
            writer.WriteDataValue(lists);
            writer.WriteDataValue(new Point());
            writer.WriteEndArray();
            writer.Flush();
        }

        for (int i = 0; i < 100; i++)
        {
            Write();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Write();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void WriteTo_WriterThatLies_IsFoundOut()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<InvalidOperationException>(() => new Liar(bound: 10, end: 1_000_000).WriteTo(output));
        Assert.Throws<InvalidOperationException>(() => new Liar(bound: 10, end: -1).WriteTo(output));
        Assert.Throws<InvalidOperationException>(() => new Liar(bound: -1, end: 0).WriteTo(output));
        Assert.Throws<InvalidOperationException>(() => new Liar(bound: long.MaxValue, end: 0).WriteTo(output));
        Assert.Equal(0, output.WrittenCount);
    }

    private sealed class Liar(long bound, int end) : IWebhookData
    {
        public long GetMaxJsonLength(int depth) => bound;

        public int WriteJson(Span<byte> destination, int position) => end;
    }
}
