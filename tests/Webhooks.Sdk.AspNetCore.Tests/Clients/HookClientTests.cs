using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Xunit;
using static Webhooks.Sdk.AspNetCore.Tests.HttpAnswer;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>What every client lives through, each with requests and demands of its own.</summary>
public abstract class HookClientTests
{
    private const string Deal = "2010000000014";

    [Fact]
    public async Task Subscribe_ThenAnEvent_DeliversTheRecordOnce()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);

        await client.SubscribeAsync("NewOpportunity", receiver.Url);
        await app.PublishToAllAsync(Deal);
        ReceivedRequest delivery = (await receiver.WaitForRequestsAsync(1))[0];

        delivery.AssertMethod("POST").AssertHeader("Content-Type", "application/json");
        Assert.Equal(Deal, client.RecordIn(delivery.Text).GetProperty("codeDeal").GetString());
    }

    [Fact]
    public async Task Subscribe_Twice_IsOneSubscription()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);
        using IHookClient restarted = CreateClient(app);

        string first = await client.SubscribeAsync("NewOpportunity", receiver.Url);
        string second = await restarted.SubscribeAsync("NewOpportunity", receiver.Url);
        await app.PublishToAllAsync(Deal);
        await receiver.WaitForRequestsAsync(1);

        Assert.Equal(first, second);
        Assert.Single(await app.Subscriptions.ListAsync("acme"));
        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task ReadSamples_AreOfTheShapeOfDeliveries()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);

        JsonElement[] samples = [.. await client.ReadSamplesAsync("NewOpportunity")];
        JsonElement[] again = [.. await client.ReadSamplesAsync("NewOpportunity")];
        await client.SubscribeAsync("NewOpportunity", receiver.Url);
        await app.PublishToAllAsync(Deal);
        JsonElement delivered = client.RecordIn((await receiver.WaitForRequestsAsync(1))[0].Text);

        Assert.Equal(["2010000000015", "2010000000014", "2010000000013"], samples.Select(sample => sample.GetProperty("codeDeal").GetString()));
        Assert.Equal(samples.Select(sample => sample.GetRawText()), again.Select(sample => sample.GetRawText()));
        Assert.All(samples, sample => Assert.Equal(
            delivered.EnumerateObject().Select(member => (member.Name, member.Value.ValueKind)),
            sample.EnumerateObject().Select(member => (member.Name, member.Value.ValueKind))));
    }

    [Fact]
    public async Task Unsubscribe_EndsDeliveries_AndAgainIsNoFailure()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);
        string subscription = await client.SubscribeAsync("NewOpportunity", receiver.Url);

        await client.UnsubscribeAsync(subscription);
        await client.UnsubscribeAsync(subscription);
        await app.PublishToAllAsync(Deal);

        receiver.AssertNoRequests();
        Assert.Empty(await app.Subscriptions.ListAsync("acme"));
    }

    [Fact]
    public async Task Unsubscribe_WhatTheServerNeverHad_IsNoFailure()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);
        await client.SubscribeAsync("NewOpportunity", receiver.Url);

        await client.UnsubscribeAsync(client.Unknown());

        Assert.Single(await app.Subscriptions.ListAsync("acme"));
    }

    [Fact]
    public async Task Delivery_Answered410_DisablesUntilTheSameSubscriptionIsAskedForAgain()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(410).Then(200);
        await using SubscriptionApp app = await StartAsync();
        using IHookClient client = CreateClient(app);
        using HttpClient http = app.CreateClient();
        string first = await client.SubscribeAsync("NewOpportunity", receiver.Url);

        await app.PublishAsync(Deal);
        WebhookEndpointDisabled disabled = await app.DisabledAsync();
        JsonElement listed = Assert.Single((await GetAsync(http, "subscriptions")).Json.EnumerateArray());
        await app.PublishToAllAsync("while disabled");
        string second = await client.SubscribeAsync("NewOpportunity", receiver.Url);
        await app.PublishToAllAsync("afterwards");
        string[] deals = [.. (await receiver.WaitForRequestsAsync(2)).Select(request => client.RecordIn(request.Text).GetProperty("codeDeal").GetString()!)];

        Assert.Equal((WebhookEndpointStateCause.Gone, "acme"), (disabled.Cause, disabled.Owner));
        Assert.False(listed.GetProperty("active").GetBoolean());
        Assert.Equal(first, second);
        Assert.True(Assert.Single((await GetAsync(http, "subscriptions")).Json.EnumerateArray()).GetProperty("active").GetBoolean());
        Assert.Equal([Deal, "afterwards"], deals);
    }

    private protected abstract IHookClient CreateClient(SubscriptionApp app);

    private static Task<SubscriptionApp> StartAsync() => SubscriptionApp.StartAsync(map: app =>
    {
        SubscriptionApp.MapDefault(app);
        app.MapWeavyWebhooks("/v1/EntryPoints/{projectCode}", options => options.Owner = http => http.User.Identity!.Name);
    });
}
