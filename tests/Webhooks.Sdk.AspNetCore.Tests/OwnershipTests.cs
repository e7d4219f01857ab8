using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Webhooks.Sdk.Testing;
using Xunit;
using static Webhooks.Sdk.AspNetCore.Tests.HttpAnswer;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>Who may do what, and who learns what.</summary>
public sealed class OwnershipTests
{
    private static readonly string[] Paths = ["subscriptions", "subscriptions/sub_1", "events", "events/NewOpportunity/samples"];

    [Fact]
    public async Task Endpoints_AnotherOwnersSubscription_IsAsIfItWereNotThere()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient acme = app.CreateClient("acme");
        using HttpClient globex = app.CreateClient("globex");
        string body = $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""";
        HttpAnswer made = await PostAsync(acme, "subscriptions", body);

        HttpAnswer found = await GetAsync(globex, $"subscriptions/{made.Id}");
        HttpAnswer unknown = await GetAsync(globex, "subscriptions/sub_unknown");
        HttpAnswer removed = await DeleteAsync(globex, $"subscriptions/{made.Id}");
        HttpAnswer removedUnknown = await DeleteAsync(globex, "subscriptions/sub_unknown");
        HttpAnswer listed = await GetAsync(globex, "subscriptions");
        HttpAnswer other = await PostAsync(globex, "subscriptions", body);

        Assert.Equal((404, unknown.Text), (found.Status, found.Text));
        Assert.Equal((200, removedUnknown.Text.Replace("sub_unknown", made.Id)), (removed.Status, removed.Text));
        Assert.Equal("[]", listed.Text);
        Assert.Equal(201, other.Status);
        Assert.NotEqual(made.Id, other.Id);
        Assert.NotEqual(made.Json.GetProperty("secret").GetString(), other.Json.GetProperty("secret").GetString());
        Assert.Equal(200, (await GetAsync(acme, $"subscriptions/{made.Id}")).Status);
    }

    [Fact]
    public async Task Endpoints_OperatorsOwnSubscriptionWithoutAnOwner_IsNobodys()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        await app.Subscriptions.AddAsync(new WebhookSubscription { Id = "operators", EventTypes = ["*"], Endpoint = new WebhookEndpoint(receiver.Url) });

        HttpAnswer removed = await DeleteAsync(client, "subscriptions/operators");

        Assert.False(removed.Json.GetProperty("deleted").GetBoolean());
        Assert.Equal(404, (await GetAsync(client, "subscriptions/operators")).Status);
        Assert.NotNull(await app.Subscriptions.FindAsync("operators"));
    }

    [Fact]
    public async Task Endpoints_NobodyAuthenticated_AreAnswered401()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient(owner: null);

        foreach (string path in Paths)
        {
            Assert.Equal(401, (await GetAsync(client, path)).Status);
        }

        Assert.Equal(401, (await PostAsync(client, "subscriptions", "{}")).Status);
        Assert.Equal(401, (await DeleteAsync(client, "subscriptions/sub_1")).Status);
    }

    [Fact]
    public async Task Endpoints_OwnerIsUnknown_AreAnswered403()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => options.Owner = static _ => null);
        using HttpClient client = app.CreateClient();

        foreach (string path in Paths)
        {
            Assert.Equal((403, "application/problem+json"), ((await GetAsync(client, path)).Status, (await GetAsync(client, path)).MediaType));
        }

        Assert.Equal(403, (await PostAsync(client, "subscriptions", "{}")).Status);
        Assert.Equal(403, (await DeleteAsync(client, "subscriptions/sub_1")).Status);
    }

    [Fact]
    public async Task AllowAnonymous_OpensTheEndpoints()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(map: app =>
            app.MapWebhookSubscriptions("/webhooks", options => options.Owner = static _ => "everybody").AllowAnonymous());
        using HttpClient client = app.CreateClient(owner: null);

        Assert.Equal(200, (await GetAsync(client, "subscriptions")).Status);
    }

    [Fact]
    public async Task Secret_IsAnsweredOnceAndNeverLogged()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(500).Then(200);
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        string body = $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}hooks/path-secret"}""";

        HttpAnswer made = await PostAsync(client, "subscriptions", body);
        string secret = made.Json.GetProperty("secret").GetString()!;
        await app.PublishToAllAsync("2010000000014");
        await receiver.WaitForRequestsAsync(1);
        HttpAnswer[] later =
        [
            await PostAsync(client, "subscriptions", body),
            await GetAsync(client, "subscriptions"),
            await GetAsync(client, $"subscriptions/{made.Id}"),
            await GetAsync(client, "events"),
            await GetAsync(client, "events/NewOpportunity/samples"),
            await PostAsync(client, "subscriptions", "{"),
            await DeleteAsync(client, $"subscriptions/{made.Id}"),
        ];

        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.All(later, answer => Assert.DoesNotContain("whsec_", answer.Text, StringComparison.Ordinal));
        Assert.NotEmpty(app.Logs);
        Assert.All(app.Logs, line => Assert.DoesNotContain(secret["whsec_".Length..], line, StringComparison.Ordinal));
        Assert.All(app.Logs, line => Assert.DoesNotContain("path-secret", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Subscribe_AgainAfterRemoval_SignsWithTheNewSecret()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        string body = $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""";
        HttpAnswer first = await PostAsync(client, "subscriptions", body);
        await app.PublishToAllAsync("1");
        await receiver.WaitForRequestsAsync(1);
        await DeleteAsync(client, $"subscriptions/{first.Id}");

        HttpAnswer second = await PostAsync(client, "subscriptions", body);
        await app.PublishToAllAsync("2");
        ReceivedRequest delivery = (await receiver.WaitForRequestsAsync(2))[1];

        Assert.Equal((201, first.Id), (second.Status, second.Id));
        delivery.AssertSigned(WebhookSecret.Parse(second.Json.GetProperty("secret").GetString()!));
    }

    [Fact]
    public async Task Subscribe_TheSameAtOnce_MakesOneAndTellsItsSecretToOne()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        string body = $$"""{"events":["NewOpportunity","invoice.paid"],"url":"{{receiver.Url}}"}""";
        string sameBody = $$"""{"events":["invoice.paid","NewOpportunity","invoice.paid"],"target_url":"{{receiver.Url}}"}""";

        HttpAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PostAsync(client, "subscriptions", i % 2 == 0 ? body : sameBody)));

        Assert.Single(answers.Select(answer => answer.Id).Distinct());
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(19, answers.Count(answer => answer.Status == 200));
        Assert.Single(answers, answer => answer.Json.TryGetProperty("secret", out JsonElement _));
        Assert.Single(await app.Subscriptions.ListAsync("acme"));
    }

    [Fact]
    public async Task Subscribe_OneThatTheOperatorHasChanged_MakesAnotherBesideIt()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        string body = $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""";
        HttpAnswer first = await PostAsync(client, "subscriptions", body);
        WebhookSubscription changed = (await app.Subscriptions.FindAsync("acme", first.Id))!;
        await app.Subscriptions.ReplaceAsync(new WebhookSubscription { Id = changed.Id, Owner = "acme", EventTypes = ["invoice.paid"], Endpoint = changed.Endpoint });

        HttpAnswer second = await PostAsync(client, "subscriptions", body);
        HttpAnswer again = await PostAsync(client, "subscriptions", body);

        Assert.Equal((201, 200), (second.Status, again.Status));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, again.Id);
    }

    [Fact]
    public async Task Subscribe_OneThatIsPaused_LeavesItPaused()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();
        string body = $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""";
        HttpAnswer made = await PostAsync(client, "subscriptions", body);
        await app.Control.PauseAsync(made.Id);

        HttpAnswer again = await PostAsync(client, "subscriptions", body);

        Assert.False(again.Json.GetProperty("active").GetBoolean());
        Assert.Equal(WebhookEndpointState.Paused, await app.Control.GetStateAsync(made.Id));
    }
}
