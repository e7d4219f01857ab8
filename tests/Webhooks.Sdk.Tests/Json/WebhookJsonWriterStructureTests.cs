using System;
using System.Buffers;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterStructureTests
{
    [Fact]
    public void Write_EveryKindOfNesting_PutsCommasWhereTheyBelong()
    {
        string text = Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("list"u8);
            writer.WriteNumberValue(1);
            writer.WriteStartArray();
            writer.WriteEndArray();
            writer.WriteStartObject();
            writer.WriteEndObject();
            writer.WriteNullValue();
            writer.WriteEndArray();
            writer.WriteStartObject("inner");
            writer.WriteNull("a"u8);
            writer.WriteBoolean("b", true);
            writer.WriteEndObject();
            writer.WritePropertyName("late"u8);
            writer.WriteStartArray();
            writer.WriteBooleanValue(false);
            writer.WriteEndArray();
            writer.WritePropertyName("last");
            writer.WriteNumberValue(2);
            writer.WriteStartObject("o"u8);
            writer.WriteEndObject();
            writer.WriteStartArray("l");
            writer.WriteEndArray();
            writer.WriteEndObject();
        });

        Assert.Equal("""{"list":[1,[],{},null],"inner":{"a":null,"b":true},"late":[false],"last":2,"o":{},"l":[]}""", text);
    }

    [Fact]
    public void Write_OneValueByItself_NeedsNoContainer()
    {
        Assert.Equal("\"a\"", Written.By((ref writer) => writer.WriteStringValue("a")));
        Assert.Equal("null", Written.By((ref writer) => writer.WriteNullValue()));
        Assert.Equal("[]", Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteEndArray();
        }));
    }

    [Fact]
    public void WriteValue_InObjectWithoutName_Throws()
    {
        AssertRefused("needs a name", (ref writer) => writer.WriteStartObject(), (ref writer) => writer.WriteNumberValue(1));
        AssertRefused("needs a name", (ref writer) => writer.WriteStartObject(), (ref writer) => writer.WriteStartArray());
        AssertRefused(
            "needs a name",
            (ref writer) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("a"u8, 1);
            },
            (ref writer) => writer.WriteStringValue("a"));
    }

    [Fact]
    public void WriteName_OutsideAnObject_Throws()
    {
        AssertRefused("only in an object", (ref _) => { }, (ref writer) => writer.WritePropertyName("a"u8));
        AssertRefused("no name", (ref writer) => writer.WriteStartArray(), (ref writer) => writer.WriteString("a"u8, "b"));
        AssertRefused("complete", (ref writer) => writer.WriteNullValue(), (ref writer) => writer.WriteStartObject("a"u8));
    }

    [Fact]
    public void WriteName_AfterAName_Throws()
    {
        JsonWriting name = (ref writer) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("a"u8);
        };

        AssertRefused("cannot follow a name", name, (ref writer) => writer.WritePropertyName("b"u8));
        AssertRefused("cannot follow a name", name, (ref writer) => writer.WriteNull("b"));
    }

    [Fact]
    public void WriteValue_AfterTheWholeValue_Throws()
    {
        AssertRefused("second value", (ref writer) => writer.WriteNullValue(), (ref writer) => writer.WriteNullValue());
        AssertRefused(
            "second value",
            (ref writer) =>
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            },
            (ref writer) => writer.WriteStartObject());
    }

    [Fact]
    public void WriteEnd_ThatDoesNotMatch_Throws()
    {
        AssertRefused("nothing is open", (ref _) => { }, (ref writer) => writer.WriteEndObject());
        AssertRefused("nothing is open", (ref writer) => writer.WriteNullValue(), (ref writer) => writer.WriteEndArray());
        AssertRefused("WriteEndArray first", (ref writer) => writer.WriteStartArray(), (ref writer) => writer.WriteEndObject());
        AssertRefused("WriteEndObject first", (ref writer) => writer.WriteStartObject(), (ref writer) => writer.WriteEndArray());
        AssertRefused(
            "no value yet",
            (ref writer) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("a"u8);
            },
            (ref writer) => writer.WriteEndObject());
    }

    [Fact]
    public void WriteStart_64Deep_IsTheLimit()
    {
        JsonWriting deepest = (ref writer) =>
        {
            for (int i = 0; i < 32; i++)
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WritePropertyName("a"u8);
            }
        };

        AssertRefused("64", deepest, (ref writer) => writer.WriteStartArray());
        AssertRefused("64", deepest, (ref writer) => writer.WriteStartObject());
    }

    [Fact]
    public void WriteEnd_From64Deep_ClosesEachContainerAsItsOwnKind()
    {
        string text = Written.By((ref writer) =>
        {
            for (int i = 0; i < 32; i++)
            {
                writer.WriteStartArray();
                writer.WriteStartObject();
                writer.WritePropertyName("a"u8);
            }

            writer.WriteNullValue();
            Assert.Equal(64, writer.CurrentDepth);

            for (int i = 0; i < 32; i++)
            {
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            Assert.Equal(0, writer.CurrentDepth);
        });

        Assert.StartsWith("""[{"a":[{"a":""", text, StringComparison.Ordinal);
        Assert.EndsWith("""null}]}]""", text[..(text.IndexOf("null", StringComparison.Ordinal) + 8)], StringComparison.Ordinal);
    }

    [Fact]
    public void WriteName_ThatIsNull_ThrowsAndEmptyIsWritten()
    {
        Assert.Throws<ArgumentNullException>("propertyName", () => Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteNull((string)null!);
        }));

        Assert.Equal("""{"":1,"":2}""", Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("", 1);
            writer.WriteNumber(""u8, 2);
            writer.WriteEndObject();
        }));
    }

    [Fact]
    public void Write_WithADefaultWriter_ThrowsAndSaysHowToMakeOne()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
        {
            WebhookJsonWriter writer = default;
            writer.WriteStartObject();
        });

        Assert.Contains("new WebhookJsonWriter(output)", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("output", () => { _ = new WebhookJsonWriter(null!); });
    }

    // A refused call writes nothing.
    private static void AssertRefused(string reason, JsonWriting before, JsonWriting refused)
    {
        InvalidOperationException? exception = null;
        var writer = new WebhookJsonWriter(new ArrayBufferWriter<byte>());
        before(ref writer);
        long written = writer.BytesWritten;

        try
        {
            refused(ref writer);
        }
        catch (InvalidOperationException thrown)
        {
            exception = thrown;
        }

        Assert.NotNull(exception);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(written, writer.BytesWritten);
    }
}
