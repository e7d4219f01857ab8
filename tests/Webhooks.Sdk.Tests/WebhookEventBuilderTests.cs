using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookEventBuilderTests
{
    [Fact]
    public void Build_EverythingSet_HasIt()
    {
        WebhookEvent paid = WebhookEvent.For("invoice.paid")
            .WithId("inv-1_A")
            .WithTimestamp(new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)))
            .WithSubject("invoice 42 – Ünï 😀")
            .WithSource("https://billing.example/fr?x=1#a%20b")
            .WithJson(" {\"a\" : [1, 2.50]} "u8)
            .Build();

        Assert.Equal(("inv-1_A", "invoice.paid", "invoice 42 – Ünï 😀"), (paid.Id, paid.Type, paid.Subject));
        Assert.Equal("https://billing.example/fr?x=1#a%20b", paid.Source);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), paid.Timestamp);
        Assert.Equal(TimeSpan.Zero, paid.Timestamp.Offset);
        Assert.Equal(" {\"a\" : [1, 2.50]} ", Encoding.UTF8.GetString(paid.Data.Span));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("NewOpportunity")]
    [InlineData("invoice.paid")]
    [InlineData("com.example.object_1.deleted.v2")]
    [InlineData("_._")]
    public void For_Type_IsAccepted(string type)
    {
        Assert.Equal(type, WebhookEvent.For(type).WithJson("1"u8).Build().Type);
        Assert.Equal(type, WebhookEvent.For(type).ToString());
    }

    [Theory]
    [InlineData("", "has 0")]
    [InlineData(".", "empty group at position 0")]
    [InlineData(".a", "empty group at position 0")]
    [InlineData("a.", "empty group at position 2")]
    [InlineData("a..b", "empty group at position 2")]
    [InlineData("a b", "U+0020 at position 1")]
    [InlineData("invoice-paid", "U+002D at position 7")]
    [InlineData("invoice.pàid", "U+00E0 at position 9")]
    [InlineData("a\n", "U+000A at position 1")]
    public void For_TypeThatIsNone_IsRefusedWithItsPlace(string type, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(type), () => WebhookEvent.For(type));

        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public void For_TypeAtTheLimit_IsAcceptedAndOneMoreIsNot()
    {
        Assert.Equal(128, WebhookEvent.For(new string('a', 128)).WithJson("1"u8).Build().Type.Length);
        Assert.Contains("has 129", Assert.Throws<ArgumentException>("type", () => WebhookEvent.For(new string('a', 129))).Message);
        Assert.Throws<ArgumentNullException>("type", () => WebhookEvent.For(null!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("evt.1")]
    [InlineData("evt 1")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void WithId_ThatIsNone_IsRefused(string id)
    {
        Assert.Throws<ArgumentException>(nameof(id), () => WebhookEvent.For("a").WithId(id));
    }

    [Theory]
    [InlineData("", "has 0")]
    [InlineData("a\tb", "U+0009 at position 1")]
    [InlineData("😀\u0085", "U+0085 at position 2")]
    public void WithSubject_ThatCannotBeSent_IsRefusedWithItsPlace(string subject, string reason)
    {
        Assert.Contains(reason, Assert.Throws<ArgumentException>(nameof(subject), () => WebhookEvent.For("a").WithSubject(subject)).Message);
    }

    // A lone surrogate does not survive in the metadata of an attribute.
    [Fact]
    public void WithSubject_HalfOfASurrogatePair_IsRefusedWithItsPlace()
    {
        var refused = Assert.Throws<ArgumentException>("subject", () => WebhookEvent.For("a").WithSubject("a\uD800b"));

        Assert.Contains("U+D800 at position 1", refused.Message);
    }

    [Fact]
    public void WithSubject_ReplacementCharacterOfItsOwn_IsAccepted()
    {
        Assert.Equal("\uFFFD", WebhookEvent.For("a").WithSubject("\uFFFD").WithJson("1"u8).Build().Subject);
        Assert.Throws<ArgumentException>("subject", () => WebhookEvent.For("a").WithSubject(new string('s', 257)));
    }

    [Theory]
    [InlineData("urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66")]
    [InlineData("/cloudevents/spec/pull/123")]
    [InlineData("mailto:a@b.example")]
    [InlineData("1-555-123-4567")]
    [InlineData("https://billing.example/caf%C3%A9")]
    public void WithSource_UriReference_IsAccepted(string source)
    {
        Assert.Equal(source, WebhookEvent.For("a").WithSource(source).WithJson("1"u8).Build().Source);
    }

    [Theory]
    [InlineData("", "has 0")]
    [InlineData("a b", "U+0020 at position 1")]
    [InlineData("café", "U+00E9 at position 3")]
    [InlineData("a\r\nb", "U+000D at position 1")]
    [InlineData("a\"b", "U+0022 at position 1")]
    [InlineData("100%", "%25")]
    [InlineData("a%2", "%25")]
    [InlineData("a%zz", "%25")]
    public void WithSource_ThatIsNoUriReference_IsRefused(string source, string reason)
    {
        Assert.Contains(reason, Assert.Throws<ArgumentException>(nameof(source), () => WebhookEvent.For("a").WithSource(source)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("// comment\n1")]
    [InlineData("NaN")]
    [InlineData("private")]
    [InlineData("\uFEFF1")]
    public void WithJson_ThatIsNone_IsRefusedWithoutBeingShown(string json)
    {
        var refused = Assert.Throws<ArgumentException>("utf8Json", () => WebhookEvent.For("a").WithJson(Encoding.UTF8.GetBytes(json)));

        Assert.DoesNotContain("private", refused.Message);
        Assert.Null(refused.InnerException);
    }

    [Fact]
    public void WithJson_BytesThatAreNoUtf8_AreRefused()
    {
        Assert.Contains("UTF-8", Assert.Throws<ArgumentException>("utf8Json", () => WebhookEvent.For("a").WithJson([0x22, 0xFF, 0x22])).Message);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void WithJson_NestedDeep_IsAcceptedToTheLimit(int depth, bool isAccepted)
    {
        byte[] json = [.. Enumerable.Repeat((byte)'[', depth), .. Enumerable.Repeat((byte)']', depth)];

        ArgumentException? refused = Record.Exception(() => WebhookEvent.For("a").WithJson(json)) as ArgumentException;

        Assert.Equal(isAccepted, refused is null);
    }

    [Fact]
    public void WithJson_BytesThatChangeAfterwards_DoNotReachTheEvent()
    {
        byte[] json = "[1]"u8.ToArray();
        WebhookEventBuilder builder = WebhookEvent.For("a").WithJson(json);

        json[1] = (byte)'2';

        Assert.Equal("[1]", Encoding.UTF8.GetString(builder.Build().Data.Span));
    }

    [Fact]
    public void WithData_Writer_WritesTheData()
    {
        WebhookEvent webhookEvent = WebhookEvent.For("a")
            .WithData(("in_1", 5), static (ref writer, invoice) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, invoice.Item1);
                writer.WriteNumber("score"u8, invoice.Item2);
                writer.WriteEndObject();
            })
            .Build();

        Assert.Equal("""{"id":"in_1","score":5}""", Encoding.UTF8.GetString(webhookEvent.Data.Span));
    }

    [Fact]
    public void WithData_WriterThatDoesNotFinish_IsRefused()
    {
        WebhookEventBuilder builder = WebhookEvent.For("a");

        Assert.Contains("wrote nothing", Assert.Throws<InvalidOperationException>(() => builder.WithData(0, static (ref _, _) => { })).Message);
        Assert.Contains("left 2", Assert.Throws<InvalidOperationException>(() => builder.WithData(0, static (ref writer, _) =>
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
        })).Message);
        Assert.Contains("wrote nothing", Assert.Throws<InvalidOperationException>(() => builder.WithData(0, static (ref writer, _) =>
        {
            writer = new WebhookJsonWriter(new PooledBufferWriter());
            writer.WriteNumberValue(1);
        })).Message);
    }

    [Fact]
    public void WithData_Pairs_WritesAnObject()
    {
        WebhookEvent texts = WebhookEvent.For("a").WithData(new Dictionary<string, string> { ["a"] = "b" }).Build();
        WebhookEvent values = WebhookEvent.For("a").WithData(new Dictionary<string, object?> { ["a"] = null, ["b"] = 1.5 }).Build();

        Assert.Equal("""{"a":"b"}""", Encoding.UTF8.GetString(texts.Data.Span));
        Assert.Equal("""{"a":null,"b":1.5}""", Encoding.UTF8.GetString(values.Data.Span));
        Assert.Throws<ArgumentNullException>("pairs", () => WebhookEvent.For("a").WithData((Dictionary<string, string>)null!));
    }

    [Fact]
    public void Build_WithoutData_SaysHowToSetIt()
    {
        Assert.Contains("WithData", Assert.Throws<InvalidOperationException>(() => WebhookEvent.For("a").Build()).Message);
    }

    [Fact]
    public void Builder_OnceBuilt_IsSpent()
    {
        WebhookEventBuilder builder = WebhookEvent.For("a").WithJson("1"u8);
        builder.Build();

        Assert.Throws<InvalidOperationException>(() => builder.Build());
        Assert.Throws<InvalidOperationException>(() => builder.WithId("b"));
        Assert.Throws<InvalidOperationException>(() => builder.WithJson("2"u8));
        Assert.Throws<InvalidOperationException>(() => builder.WithSubject("b"));
        Assert.Throws<InvalidOperationException>(() => builder.WithSource("b"));
        Assert.Throws<InvalidOperationException>(() => builder.WithTimestamp(default));
    }
}
