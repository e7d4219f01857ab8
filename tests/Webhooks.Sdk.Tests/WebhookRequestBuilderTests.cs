using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed partial class WebhookRequestBuilderTests
{
    private const string Url = "https://crm.example/users/42?tab=1";

    [Fact]
    public void Build_EachMethod_HasItsVerbAndIdempotence()
    {
        WebhookRequest[] requests =
        [
            WebhookRequest.Post(Url).Build(), WebhookRequest.Get(Url).Build(), WebhookRequest.Put(Url).Build(),
            WebhookRequest.Delete(Url).Build(), WebhookRequest.Patch(Url).Build(),
        ];

        Assert.Equal(
            [
                (HttpMethod.Post, false), (HttpMethod.Get, true), (HttpMethod.Put, true), (HttpMethod.Delete, true), (HttpMethod.Patch, false),
            ],
            requests.Select(request => (request.Method, request.IsIdempotent)));
        Assert.All(requests, request => Assert.Equal(Url, request.Url.AbsoluteUri));
    }

    [Fact]
    public void Build_FromAUri_IsTheSameAsFromText()
    {
        var url = new Uri(Url);

        WebhookRequest[] requests =
        [
            WebhookRequest.Post(url).Build(), WebhookRequest.Get(url).Build(), WebhookRequest.Put(url).Build(),
            WebhookRequest.Delete(url).Build(), WebhookRequest.Patch(url).Build(),
        ];

        Assert.All(requests, request => Assert.Same(url, request.Url));
        Assert.Equal(["POST", "GET", "PUT", "DELETE", "PATCH"], requests.Select(request => request.Method.Method));
    }

    [Fact]
    public void Build_NothingElseSet_HasAFreshIdAndNoBody()
    {
        WebhookRequest one = WebhookRequest.Post(Url).Build();
        WebhookRequest other = WebhookRequest.Post(Url).Build();

        Assert.Matches("^req_[0-9a-f]{32}$", one.Id);
        Assert.NotEqual(one.Id, other.Id);
        Assert.True(one.Body.IsEmpty);
        Assert.Null(one.MediaType);
        Assert.Null(one.Endpoint);
        Assert.Empty(one.Headers);
    }

    [Fact]
    public void Build_EachKindOfBody_HasItsBytesAndMediaType()
    {
        Dictionary<string, string> text = new() { ["a b"] = "é&+ ", ["c"] = "=" };
        Dictionary<string, object?> mixed = new() { ["s"] = "x", ["n"] = 4.5, ["z"] = null };

        AssertBody("""{"Name":"Zoé"}""", "application/json", b => b.WithJson(new Person("Zoé"), TestJson.Default.Person));
        AssertBody("""{"a b":"é&+ ","c":"="}""", "application/json", b => b.WithJson(text));
        AssertBody("""{"s":"x","n":4.5,"z":null}""", "application/json", b => b.WithJson(mixed));
        AssertBody("a%20b=%C3%A9%26%2B%20&c=%3D", "application/x-www-form-urlencoded", b => b.WithForm(text));
        AssertBody("s=x&n=4.5", "application/x-www-form-urlencoded", b => b.WithForm(mixed));
        AssertBody("<é/>", "application/xml", b => b.WithText("<é/>", "application/xml"));
        AssertBody("\ufffd", "text/plain; charset=utf-8", b => b.WithText("\ud800", "text/plain; charset=utf-8"));
        AssertBody("raw", "application/octet-stream", b => b.WithBody("raw"u8.ToArray(), "application/octet-stream"));
        AssertBody("", "text/plain", b => b.WithText("", "text/plain"));

        static void AssertBody(string expected, string mediaType, Func<WebhookRequestBuilder, WebhookRequestBuilder> with)
        {
            WebhookRequest request = with(WebhookRequest.Post(Url)).Build();

            Assert.Equal(expected, Encoding.UTF8.GetString(request.Body.Span));
            Assert.Equal(mediaType, request.MediaType);
        }
    }

    [Fact]
    public void Build_CallersObjectsChangeAfterwards_RequestDoesNot()
    {
        byte[] bytes = "before"u8.ToArray();
        WebhookRequestBuilder builder = WebhookRequest.Post(Url).WithBody(bytes, "text/plain");

        "after."u8.CopyTo(bytes);

        Assert.Equal("before", Encoding.UTF8.GetString(builder.Build().Body.Span));
    }

    [Fact]
    public void Build_Headers_KeepTheirOrderAndWithReplacesWhereAddAppends()
    {
        WebhookRequest request = WebhookRequest.Post(Url)
            .AddHeader("X-A", "1").AddHeader("X-B", "2").AddHeader("x-a", "3").WithHeader("X-b", "4")
            .Build();

        Assert.Equal(
            [("X-A", "1"), ("x-a", "3"), ("X-b", "4")],
            request.Headers.Select(header => (header.Key, header.Value)));
    }

    [Fact]
    public void Build_IdempotencyKey_IsTheIdOrTheGivenKeyAndMakesItIdempotent()
    {
        WebhookRequest own = WebhookRequest.Post(Url).WithIdempotencyKey("Idempotency-Key").WithId("msg_1").Build();
        WebhookRequest given = WebhookRequest.Post(Url).WithIdempotencyKey("X-Line-Retry-Key", "f03c3eb4-0267-4080-9e65-fffa184e1933").Build();

        Assert.Equal([new("Idempotency-Key", "msg_1")], own.Headers);
        Assert.Equal([new("X-Line-Retry-Key", "f03c3eb4-0267-4080-9e65-fffa184e1933")], given.Headers);
        Assert.True(own.IsIdempotent && given.IsIdempotent);
        Assert.True(WebhookRequest.Post(Url).AsIdempotent().Build().IsIdempotent);
    }

    [Fact]
    public void WithIdempotencyKey_Empty_IsRefused()
    {
        Assert.Throws<ArgumentException>("key", () => WebhookRequest.Post(Url).WithIdempotencyKey("Idempotency-Key", ""));
        Assert.Throws<ArgumentNullException>("key", () => WebhookRequest.Post(Url).WithIdempotencyKey("Idempotency-Key", null!));
    }

    [Fact]
    public void Members_AfterBuild_Throw()
    {
        WebhookRequestBuilder builder = WebhookRequest.Post(Url);
        builder.Build();

        Action[] uses =
        [
            () => builder.Build(), () => builder.WithId("a"), () => builder.WithHeader("X-A", "1"), () => builder.AddHeader("X-A", "1"),
            () => builder.WithText("", "text/plain"), () => builder.WithJson(new Dictionary<string, string>()), () => builder.AsIdempotent(),
            () => builder.WithForm(new Dictionary<string, string>()), () => builder.WithBody(default, "text/plain"),
            () => builder.WithIdempotencyKey("K"), () => builder.WithIdempotencyKey("K", "v"), () => builder.WithEndpoint(new WebhookEndpoint(Url)),
            () => builder.WithJson(new Person("a"), TestJson.Default.Person),
        ];

        Assert.All(uses, use => Assert.Throws<InvalidOperationException>(use));
    }

    [Fact]
    public void With_BodyOfGet_Throws()
    {
        Action[] uses =
        [
            () => WebhookRequest.Get(Url).WithText("", "text/plain"), () => WebhookRequest.Get(Url).WithJson(new Dictionary<string, string>()),
            () => WebhookRequest.Get(Url).WithForm(new Dictionary<string, string>()), () => WebhookRequest.Get(Url).WithBody(default, "text/plain"),
            () => WebhookRequest.Get(Url).WithJson(new Person("a"), TestJson.Default.Person),
        ];

        Assert.All(uses, use => Assert.Throws<InvalidOperationException>(use));
    }

    [Fact]
    public void Build_HeaderOfABodyWithoutBody_Throws()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => WebhookRequest.Post(Url).WithHeader("Content-Language", "fr").Build());

        Assert.Contains("Content-Language", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://crm.example/other", true)]
    [InlineData("https://CRM.example:443/other", true)]
    [InlineData("http://crm.example/users", false)]
    [InlineData("https://crm.example:8443/users", false)]
    [InlineData("https://crm.example.evil.example/users", false)]
    public void WithEndpoint_OfAnotherOrigin_IsRefused(string endpointUrl, bool accepted)
    {
        var endpoint = new WebhookEndpoint(endpointUrl);

        Exception? exception = Record.Exception(() => WebhookRequest.Post(Url).WithEndpoint(endpoint));

        Assert.Equal(accepted, exception is null);
        Assert.DoesNotContain("users", exception?.Message ?? "", StringComparison.Ordinal);
    }

    // One clear exception, at once, that names the parameter and shows no value: what a request must not be made of.
    public static TheoryData<string, string> BadUrls => new()
    {
        { "not a URL", "" }, { "relative", "/users/42" }, { "no scheme", "crm.example/SECRET" }, { "other scheme", "ftp://crm.example/SECRET" },
        { "file", "file:///SECRET" }, { "user information", "https://user:SECRET@crm.example/" }, { "empty user information", "https://@crm.example/SECRET" },
        { "fragment", "https://crm.example/a#SECRET" }, { "no host", "https:///SECRET" }, { "zone", "http://[fe80::1%25eth0]/SECRET" },
        { "host with a space", "https://crm .example/SECRET" }, { "empty label", "https://crm..example/SECRET" },
        { "long label", "https://" + new string('a', 64) + ".example/SECRET" }, { "port too large", "https://crm.example:65536/SECRET" },
        { "too long", "https://crm.example/SECRET" + new string('a', 8192) },
        { "control", "https://crm.example/SECRET\r\nX: y" },
    };

    [Theory]
    [MemberData(nameof(BadUrls))]
    public void Post_BadUrl_IsRefusedWithoutShowingIt(string problem, string url)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => WebhookRequest.Post(url));

        Assert.Equal("url", exception.ParamName);
        Assert.False(exception.ToString().Contains("SECRET", StringComparison.Ordinal), problem);
    }

    // Not a row of the table: a test's arguments cannot carry half a surrogate pair.
    [Fact]
    public void Post_UrlWithHalfASurrogatePair_IsRefused()
    {
        Assert.Throws<ArgumentException>("url", () => WebhookRequest.Post("https://crm.example/\ud800"));
    }

    [Fact]
    public void WithJson_TypeInfoWithItsOwnEncoder_KeepsIt()
    {
        var context = new TestJson(new JsonSerializerOptions { Encoder = JavaScriptEncoder.Default, WriteIndented = true, NewLine = "\n" });

        WebhookRequest request = WebhookRequest.Post(Url).WithJson(new Person("Zoé"), context.Person).Build();

        Assert.Equal("{\n  \"Name\": \"Zo\\u00E9\"\n}", Encoding.UTF8.GetString(request.Body.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void WithId_NotAnId_IsRefused(string id)
    {
        Assert.Throws<ArgumentException>(nameof(id), () => WebhookRequest.Post(Url).WithId(id));
    }

    [Theory]
    [InlineData("X-A\r\nX-B", "v", "name")]
    [InlineData("X A", "v", "name")]
    [InlineData("", "v", "name")]
    [InlineData("Host", "v", "name")]
    [InlineData("content-type", "v", "name")]
    [InlineData("Content-Length", "v", "name")]
    [InlineData("webhook-id", "v", "name")]
    [InlineData("X-A", "SECRET\r\nX-B: v", "value")]
    [InlineData("X-A", "SECRET\0", "value")]
    [InlineData("X-A", "SECRET\u00e9", "value")]
    [InlineData("X-A", " SECRET", "value")]
    public void Headers_NotSendable_AreRefusedWithoutShowingTheValue(string name, string value, string parameter)
    {
        foreach (Action use in new Action[]
            { () => WebhookRequest.Post(Url).WithHeader(name, value), () => WebhookRequest.Post(Url).AddHeader(name, value) })
        {
            var exception = Assert.ThrowsAny<ArgumentException>(use);
            Assert.Equal(parameter, exception.ParamName);
            Assert.DoesNotContain("SECRET", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text/")]
    [InlineData("text/plain\r\nX: y")]
    [InlineData("text/plain; charset")]
    [InlineData("téxt/plain")]
    public void WithText_NotAMediaType_IsRefused(string mediaType)
    {
        Assert.ThrowsAny<ArgumentException>(() => WebhookRequest.Post(Url).WithText("x", mediaType));
        Assert.ThrowsAny<ArgumentException>(() => WebhookRequest.Post(Url).WithBody(default, mediaType));
    }

    [Fact]
    public void ToString_OfRequestBuilderAndEndpoint_ShowsNoPath()
    {
        Assert.Equal("POST https://crm.example", WebhookRequest.Post(Url).ToString());
        Assert.Equal("POST https://crm.example", WebhookRequest.Post(Url).Build().ToString());
        Assert.Equal("https://crm.example", new WebhookEndpoint(Url).ToString());
    }

    internal sealed record Person(string Name);

    [JsonSerializable(typeof(Person))]
    internal sealed partial class TestJson : JsonSerializerContext;
}
