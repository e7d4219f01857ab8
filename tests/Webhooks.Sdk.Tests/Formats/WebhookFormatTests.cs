using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Formats;
using Xunit;

namespace Webhooks.Sdk.Tests.Formats;

public sealed class WebhookFormatTests
{
    private const string Data = """{"id":"in_1","name":"Žluťoučký €😀","amount":12.50}""";

    public static TheoryData<string> Cultures { get; } = ["", "fi-FI", "th-TH", "ar-SA", "fr-FR"];

    public static TheoryData<string> Names { get; } = [.. WebhookFormat.All.Select(format => format.Name)];

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid")
        .WithId("evt_1")
        .WithTimestamp(new DateTimeOffset(2026, 3, 1, 9, 5, 7, 120, TimeSpan.FromHours(2)))
        .WithSubject("invoice 42% \"é😀\"")
        .WithSource("https://billing.example/a%20b")
        .WithJson(Encoding.UTF8.GetBytes(Data))
        .Build();

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Standard_Event_GivesTheEnvelope(string culture)
    {
        using CultureScope scope = new(culture);

        AssertComposed(WebhookFormat.Standard, "application/json", $$"""{"type":"invoice.paid","timestamp":"2026-03-01T07:05:07.12Z","data":{{Data}}}""");
    }

    [Fact]
    public void DataOnly_Event_GivesTheVeryBytesOfTheData()
    {
        AssertComposed(WebhookFormat.DataOnly, "application/json", Data);
        Assert.True(WebhookFormat.DataOnly.Compose(Paid, null).Body.Equals(Paid.Data));
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"id":"evt_1","a":1}""")]
    [InlineData("""{ "a" : {"id":2} }""", """{"id":"evt_1", "a" : {"id":2} }""")]
    [InlineData("{}", """{"id":"evt_1"}""")]
    [InlineData("""{"a":[{"id":1}],"id":null}""", """{"a":[{"id":1}],"id":null}""")]
    [InlineData("""{"\u0069d":7}""", """{"\u0069d":7}""")]
    [InlineData("[1]", "[1]")]
    [InlineData("7", "7")]
    public void RestHook_Event_GivesTheDataWithAnId(string data, string expected)
    {
        WebhookEvent webhookEvent = WebhookEvent.For("invoice.paid").WithId("evt_1").WithJson(Encoding.UTF8.GetBytes(data)).Build();

        Assert.Equal(expected, Encoding.UTF8.GetString(webhookEvent.Compose(WebhookFormat.RestHook, null).Body.Span));
    }

    [Fact]
    public void Weavy_Event_GivesTheResult()
    {
        AssertComposed(WebhookFormat.Weavy, "application/json", $$"""{"result":{{Data}}}""");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void CloudEvents_Event_GivesTheStructuredMode(string culture)
    {
        using CultureScope scope = new(culture);

        AssertComposed(
            WebhookFormat.CloudEvents,
            "application/cloudevents+json; charset=utf-8",
            $$"""{"specversion":"1.0","id":"evt_1","source":"https://billing.example/a%20b","type":"invoice.paid","subject":"invoice 42% \"é😀\"","time":"2026-03-01T07:05:07.12Z","datacontenttype":"application/json","data":{{Data}}}""");
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void CloudEventsBinary_Event_GivesEncodedHeadersAndNoContentTypeAmongThem(string culture)
    {
        using CultureScope scope = new(culture);

        AssertComposed(
            WebhookFormat.CloudEventsBinary,
            "application/json",
            Data,
            ("ce-specversion", "1.0"),
            ("ce-id", "evt_1"),
            ("ce-source", "https://billing.example/a%2520b"),
            ("ce-type", "invoice.paid"),
            ("ce-time", "2026-03-01T07:05:07.12Z"),
            ("ce-subject", "invoice%2042%25%20%22%C3%A9%F0%9F%98%80%22"));
    }

    [Theory]
    [InlineData(0, "2026-03-01T07:05:07Z")]
    [InlineData(1, "2026-03-01T07:05:07.0000001Z")]
    [InlineData(5_000_000, "2026-03-01T07:05:07.5Z")]
    public void CloudEvents_FractionOfASecond_IsTheSameInBothModes(int ticks, string expected)
    {
        WebhookEvent webhookEvent = WebhookEvent.For("a")
            .WithTimestamp(new DateTimeOffset(2026, 3, 1, 7, 5, 7, TimeSpan.Zero).AddTicks(ticks)).WithSource("/a").WithJson("1"u8).Build();

        EventComposition structured = WebhookFormat.CloudEvents.Compose(webhookEvent, "/a");
        EventComposition binary = WebhookFormat.CloudEventsBinary.Compose(webhookEvent, "/a");

        Assert.Contains($"\"time\":\"{expected}\"", Encoding.UTF8.GetString(structured.Body.Span));
        Assert.Equal(expected, binary.Headers.Single(header => header.Key == "ce-time").Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compose_WithoutSubjectAndWithNullAsData_IsValidJson(string name)
    {
        WebhookEvent webhookEvent = WebhookEvent.For("a").WithJson("null"u8).Build();

        EventComposition composition = webhookEvent.Compose(WebhookFormat.Find(name)!, "/a");

        using var document = JsonDocument.Parse(composition.Body);
        Assert.DoesNotContain("subject", Encoding.UTF8.GetString(composition.Body.Span));
        Assert.DoesNotContain(composition.Headers, header => header.Key is "ce-subject" or "ce-datacontenttype");
    }

    [Theory]
    [InlineData("CloudEvents")]
    [InlineData("CloudEventsBinary")]
    public void Compose_CloudEventWithoutASource_SaysWhereToSetIt(string name)
    {
        WebhookEvent webhookEvent = WebhookEvent.For("a").WithJson("1"u8).Build();
        var endpoint = new WebhookEndpoint("https://a.example") { Format = WebhookFormat.Find(name)! };

        var refused = Assert.Throws<InvalidOperationException>(() => endpoint.Compose(webhookEvent));

        Assert.Contains("WithSource", refused.Message);
        Assert.Contains("WebhookEndpoint.Source", refused.Message);
    }

    [Fact]
    public void Compose_SourceOfTheEvent_WinsOverTheEndpoints()
    {
        var endpoint = new WebhookEndpoint("https://a.example") { Format = WebhookFormat.CloudEventsBinary, Source = "/default" };

        string own = SourceOf(endpoint.Compose(Paid));
        string byDefault = SourceOf(endpoint.Compose(WebhookEvent.For("a").WithJson("1"u8).Build()));

        Assert.Equal("https://billing.example/a%2520b", own);
        Assert.Equal("/default", byDefault);

        static string SourceOf(WebhookRequest request) => request.Headers.Single(header => header.Key == "ce-source").Value;
    }

    [Fact]
    public void CloudEventsHeader_EveryAsciiCharacter_IsEncodedAsTheBindingSays()
    {
        string text = new([.. Enumerable.Range(0, 128).Select(code => (char)code)]);

        string encoded = CloudEventsHeader.Encode(text);

        Assert.StartsWith("%00%01", encoded, StringComparison.Ordinal);
        Assert.Contains("%1F%20!%22#$%25&'()*+,-./0", encoded);
        Assert.EndsWith("xyz{|}~%7F", encoded, StringComparison.Ordinal);
        Assert.Equal(text, Uri.UnescapeDataString(encoded));
    }

    [Fact]
    public void Find_NameInAnyCase_GivesTheFormat()
    {
        Assert.Same(WebhookFormat.CloudEventsBinary, WebhookFormat.Find("cloudeventsbinary"));
        Assert.Null(WebhookFormat.Find("xml"));
        Assert.Equal("Standard", WebhookFormat.Standard.ToString());
    }

    private static void AssertComposed(WebhookFormat format, string mediaType, string body, params (string Name, string Value)[] headers)
    {
        EventComposition composition = Paid.Compose(format, defaultSource: "/default");

        Assert.Equal(mediaType, composition.MediaType);
        Assert.Equal(body, Encoding.UTF8.GetString(composition.Body.Span));
        Assert.Equal(headers.Select(header => KeyValuePair.Create(header.Name, header.Value)), composition.Headers);

        // Composed anew, so that each culture has its say.
        Assert.Equal(body, Encoding.UTF8.GetString(format.Compose(Paid, Paid.Source).Body.Span));
        Assert.Equal(composition.Headers, format.Compose(Paid, Paid.Source).Headers);
    }
}
