using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Xunit;
using static Webhooks.Sdk.AspNetCore.Tests.HttpAnswer;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>The whole way over real HTTP: subscribe, hear of an event, unsubscribe.</summary>
public sealed class SubscribingTests
{
    [Fact]
    public async Task Subscribe_ThenAnEvent_ThenUnsubscribe_DeliversSignedAndThenNoMore()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();

        HttpAnswer made = await PostAsync(client, "subscriptions", $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""");
        await app.PublishAsync("2010000000014");
        ReceivedRequest delivery = (await receiver.WaitForRequestsAsync(1))[0];
        HttpAnswer removed = await DeleteAsync(client, made.Location!.AbsoluteUri);
        await app.PublishToAllAsync("2010000000015");

        Assert.Equal((201, "application/json"), (made.Status, made.MediaType));
        Assert.Equal($"{app.Url}webhooks/subscriptions/{made.Id}", made.Location.AbsoluteUri);
        delivery.AssertSigned(WebhookSecret.Parse(made.Json.GetProperty("secret").GetString()!));
        JsonElement data = JsonDocument.Parse(delivery.Text).RootElement;
        Assert.Equal(delivery.Header("webhook-id"), data.GetProperty("id").GetString());
        Assert.Equal("2010000000014", data.GetProperty("codeDeal").GetString());
        Assert.Equal((200, $$"""{"id":"{{made.Id}}","deleted":true}"""), (removed.Status, removed.Text));
        receiver.AssertSingleRequest();
        Assert.Equal("[]", (await GetAsync(client, "subscriptions")).Text);
    }
}
