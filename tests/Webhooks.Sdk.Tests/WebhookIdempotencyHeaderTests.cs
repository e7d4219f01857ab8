using System;
using System.Linq;
using System.Net.Http;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookIdempotencyHeaderTests
{
    private static readonly WebhookEndpoint Endpoint = new("https://acme.example/hooks") { IdempotencyHeader = new WebhookIdempotencyHeader("X-Key") };

    private static readonly WebhookEndpoint Uuid = new("https://acme.example/hooks") { IdempotencyHeader = new WebhookIdempotencyHeader("X-Key") { IsUuid = true } };

    [Fact]
    public void Build_RequestToTheEndpoint_HasItsIdAsTheKeyAndIsIdempotent()
    {
        WebhookRequest request = WebhookRequest.Post(Endpoint.Url).WithEndpoint(Endpoint).WithId("order-1").Build();

        Assert.Equal("order-1", KeyOf(request));
        Assert.True(request.IsIdempotent);
    }

    // The last two are ids of the SDK's own making, which hold a UUID already.
    [Theory]
    [InlineData("order-1", "0bafe221-56d2-898c-943b-86040446d366")]
    [InlineData("req_0195f3a1b2c37d4e8f5061728394a5b6", "0195f3a1-b2c3-7d4e-8f50-61728394a5b6")]
    [InlineData("evt_0195f3a1b2c37d4e8f5061728394a5b6", "0195f3a1-b2c3-7d4e-8f50-61728394a5b6")]
    public void Build_UuidKey_IsMadeOfTheIdAlone(string id, string expected)
    {
        WebhookRequest first = WebhookRequest.Post(Uuid.Url).WithEndpoint(Uuid).WithId(id).Build();
        WebhookRequest again = WebhookRequest.Post(Uuid.Url).WithEndpoint(Uuid).WithId(id).Build();

        Assert.Equal(expected, KeyOf(first));
        Assert.Equal(KeyOf(first), KeyOf(again));
        Assert.NotEqual(KeyOf(first), KeyOf(WebhookRequest.Post(Uuid.Url).WithEndpoint(Uuid).WithId($"{id}x").Build()));
    }

    [Fact]
    public void Build_KeyOfTheRequestsOwn_Wins()
    {
        Assert.Equal("mine", KeyOf(WebhookRequest.Post(Endpoint.Url).WithEndpoint(Endpoint).WithHeader("x-key", "mine").Build()));
        WebhookRequest other = WebhookRequest.Post(Endpoint.Url).WithEndpoint(Endpoint).WithIdempotencyKey("Other", "mine").Build();

        Assert.Equal("Other", Assert.Single(other.Headers).Key);
    }

    [Fact]
    public void Build_GetRequest_HasNone()
    {
        Assert.Empty(WebhookRequest.Get(Endpoint.Url).WithEndpoint(Endpoint).Build().Headers);
    }

    [Fact]
    public void Compose_OneEventForTwoEndpoints_GivesTheKeyToTheOneThatWantsIt()
    {
        WebhookEvent paid = WebhookEvent.For("paid").WithId("evt_1").WithJson("1"u8).Build();

        WebhookRequest with = Endpoint.Compose(paid);
        WebhookRequest without = new WebhookEndpoint(Endpoint.Url).Compose(paid);

        Assert.Equal("evt_1", KeyOf(with));
        Assert.DoesNotContain(without.Headers, header => header.Key == "X-Key");
        Assert.Equal(HttpMethod.Post, with.Method);
    }

    [Fact]
    public void Make_NameThatIsReserved_Throws()
    {
        Assert.Throws<ArgumentException>(() => new WebhookIdempotencyHeader("webhook-id"));
        Assert.Equal("X-Key", new WebhookIdempotencyHeader("X-Key").ToString());
    }

    private static string KeyOf(WebhookRequest request) => request.Headers.Single(header => header.Key.Equals("X-Key", StringComparison.OrdinalIgnoreCase)).Value;
}
