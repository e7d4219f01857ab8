using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookEndpointTests
{
    private const string Url = "https://acme.example/hooks";

    [Fact]
    public void Endpoint_ByDefault_IsUnsignedStandardWithoutLimits()
    {
        var endpoint = new WebhookEndpoint(Url);

        Assert.Empty(endpoint.Secrets);
        Assert.Empty(endpoint.Headers);
        Assert.Null(endpoint.Credential);
        Assert.Same(WebhookFormat.Standard, endpoint.Format);
        Assert.Null(endpoint.Source);
        Assert.Null(endpoint.Limits.AttemptTimeout);
        Assert.Null(endpoint.Limits.MaxRequestBodySize);
        Assert.Null(endpoint.Name);
        Assert.False(endpoint.Trusted);
        Assert.Same(endpoint, endpoint.Current);
    }

    [Fact]
    public void Endpoint_ListsThatChangeAfterwards_DoNotReachIt()
    {
        List<WebhookSecret> secrets = [TestSecrets.A];
        Dictionary<string, string> headers = new() { ["X-A"] = "1" };
        var endpoint = new WebhookEndpoint(Url) { Secrets = secrets, Headers = headers };

        secrets.Clear();
        headers["X-A"] = "2";

        Assert.Equal([TestSecrets.A], endpoint.Secrets);
        Assert.Equal([KeyValuePair.Create("X-A", "1")], endpoint.Headers);
        Assert.Throws<NotSupportedException>(() => ((IList<WebhookSecret>)endpoint.Secrets).Clear());
    }

    [Fact]
    public void Secrets_ThatCannotBe_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(Url) { Secrets = null! });
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(Url) { Secrets = [TestSecrets.A, null!] });
        Assert.Contains(
            "at most 10",
            Assert.Throws<ArgumentException>("value", () => new WebhookEndpoint(Url) { Secrets = [.. Enumerable.Repeat(TestSecrets.A, 11)] }).Message);
        Assert.Equal(10, new WebhookEndpoint(Url) { Secrets = [.. Enumerable.Repeat(TestSecrets.A, 10)] }.Secrets.Count);
    }

    [Theory]
    [InlineData("webhook-id", "1")]
    [InlineData("Host", "a")]
    [InlineData("Content-Type", "a/b")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("X A", "1")]
    [InlineData("X-A", "s3cret\r\nX-B: 1")]
    public void Headers_ThatCannotBeSent_AreRefusedWithoutShowingTheValue(string name, string value)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(value), () => new WebhookEndpoint(Url) { Headers = [new(name, value)] });

        Assert.DoesNotContain("s3cret", refused.Message);
    }

    [Fact]
    public void Members_Null_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(Url) { Headers = null! });
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(Url) { Format = null! });
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(Url) { Limits = null! });
        Assert.Throws<ArgumentException>("value", () => new WebhookEndpoint(Url) { Source = "a b" });
    }

    [Theory]
    [InlineData(0.099)]
    [InlineData(600.001)]
    public void Limits_TimeoutOutsideTheRange_IsRefused(double seconds)
    {
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new WebhookLimits { AttemptTimeout = TimeSpan.FromSeconds(seconds) });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1024 * 1024 * 1024) + 1)]
    public void Limits_BodySizeOutsideTheRange_IsRefused(int bytes)
    {
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new WebhookLimits { MaxRequestBodySize = bytes });
    }

    [Fact]
    public void Compose_Event_GivesAnIdempotentPostUnderTheEventsId()
    {
        var endpoint = new WebhookEndpoint(Url) { Headers = [new("X-A", "1")] };
        WebhookEvent paid = WebhookEvent.For("invoice.paid").WithId("evt_1").WithJson("1"u8).Build();

        WebhookRequest request = endpoint.Compose(paid);

        Assert.Equal((HttpMethod.Post, "evt_1", true, endpoint), (request.Method, request.Id, request.IsIdempotent, request.Endpoint));
        Assert.Equal((endpoint.Url, "application/json"), (request.Url, request.MediaType));
        Assert.Empty(request.Headers);
        Assert.Throws<ArgumentNullException>("webhookEvent", () => endpoint.Compose(null!));
    }
}
