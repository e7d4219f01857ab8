using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Event types, publishing and enqueuing.</summary>
public sealed partial class PublishingTests
{
    private static readonly WebhookEventType<Opportunity> NewOpportunity = new("NewOpportunity", Json.Default.Opportunity, "A new chance to sell.");

    [Fact]
    public async Task Publish_PredicateSaysNo_PublishesNothing()
    {
        await using OutboxHost host = CreateHost();

        WebhookEvent? no = await host.Publisher.PublishAsync(NewOpportunity, new Opportunity("1", IsProject: false));
        WebhookEvent? yes = await host.Publisher.PublishAsync(NewOpportunity, new Opportunity("2", IsProject: true));

        Assert.Null(no);
        Assert.Equal("NewOpportunity", yes!.Type);
        Assert.Equal(yes.Id, Assert.Single(await host.Store.ReadPendingAsync(10)).Event.Id);
        Assert.Equal("""{"Id":"2","IsProject":true}"""u8.ToArray(), yes.Data.ToArray());
    }

    [Fact]
    public async Task PublishRecord_LoadsTheRecordByTheSource()
    {
        await using OutboxHost host = CreateHost();

        Assert.Equal("""{"Id":"7","IsProject":true}"""u8.ToArray(), (await host.Publisher.PublishRecordAsync(NewOpportunity, "7"))!.Data.ToArray());
        Assert.Null(await host.Publisher.PublishRecordAsync(NewOpportunity, "no-project"));
        Assert.Null(await host.Publisher.PublishRecordAsync(NewOpportunity, "missing"));
        Assert.Single(await host.Store.ReadPendingAsync(10));
    }

    [Fact]
    public async Task PublishRecord_GivesTheSourceTheTransaction()
    {
        await using OutboxHost host = CreateHost();
        await using var transaction = new ForeignTransaction();

        // The store in memory refuses it, but only after the source has seen it.
        await Assert.ThrowsAsync<ArgumentException>(() => host.Publisher.PublishRecordAsync(NewOpportunity, "7", transaction));

        Assert.Same(transaction, host.Services.GetRequiredService<Seen>().Contexts.Single().Transaction);
    }

    [Fact]
    public async Task Publish_UnregisteredType_ThrowsOnceAnyIsRegistered()
    {
        await using OutboxHost bare = OutboxHost.Create();
        await using OutboxHost host = CreateHost();
        var other = new WebhookEventType<Opportunity>("Other", Json.Default.Opportunity);

        Assert.NotNull(await bare.Publisher.PublishAsync(OutboxHost.NewEvent()));
        Assert.NotNull(await bare.Publisher.PublishAsync(other, new Opportunity("1", IsProject: false)));
        Assert.Contains(
            "Other is not registered",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => host.Publisher.PublishAsync(other, new Opportunity("1", IsProject: true)))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Publisher.PublishAsync(OutboxHost.NewEvent("Elsewhere")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => bare.Publisher.PublishRecordAsync(other, "1"));
    }

    [Fact]
    public async Task EventTypes_TellNameDescriptionSchemaAndSamples()
    {
        await using OutboxHost host = CreateHost();
        IWebhookEventTypes types = host.Services.GetRequiredService<IWebhookEventTypes>();

        WebhookEventType type = Assert.Single(types.All);
        IReadOnlyList<WebhookEvent> samples = await types.ReadSamplesAsync("NewOpportunity", 2);

        Assert.Equal(("NewOpportunity", "A new chance to sell."), (type.Name, type.Description));
        Assert.Equal("boolean", type.GetJsonSchema()["properties"]!["IsProject"]!["type"]!.GetValue<string>());
        Assert.Equal(["""{"Id":"s1","IsProject":true}""", """{"Id":"s3","IsProject":true}"""], samples.Select(sample => System.Text.Encoding.UTF8.GetString(sample.Data.Span)));
        Assert.Empty(await host.Store.ReadPendingAsync(10));
        await Assert.ThrowsAsync<ArgumentException>(() => types.ReadSamplesAsync("Other", 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => types.ReadSamplesAsync("NewOpportunity", 0));
    }

    [Fact]
    public async Task AddEventType_NameTwice_Throws()
    {
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEventType(NewOpportunity).AddEventType(NewOpportunity));

        Assert.Throws<InvalidOperationException>(() => host.Publisher);
    }

    [Fact]
    public async Task Publish_RepeatedIdempotencyKey_GivesTheFirstEvent()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        WebhookEvent first = OutboxHost.NewEvent(number: 1);
        await host.Publisher.PublishAsync(new WebhookPublication(first) { IdempotencyKey = "order-1" });

        WebhookEvent? second = await host.Publisher.PublishAsync(new WebhookPublication(OutboxHost.NewEvent(number: 2)) { IdempotencyKey = "order-1" });
        WebhookEvent? again = await host.Publisher.PublishAsync(first);
        WebhookEvent? twice = await host.Publisher.PublishAsync(first);
        await host.Dispatcher.DrainAsync();

        Assert.Equal((first.Id, first.Timestamp), (second!.Id, second.Timestamp));
        Assert.Equal(first.Data.ToArray(), second.Data.ToArray());
        Assert.Same(first, again);
        Assert.Equal(first.Id, twice!.Id);
        Assert.Equal([1, 1], OutboxHost.Numbers(receiver));
    }

    [Fact]
    public async Task Publish_WithAnOwner_ReachesItsSubscriptionsOnly()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver acme = host.StartReceiver();
        await using WebhookReceiver globex = host.StartReceiver();
        await using WebhookReceiver nobody = host.StartReceiver();
        await host.SubscribeAsync(acme, "sub_1", owner: "acme");
        await host.SubscribeAsync(globex, "sub_2", owner: "globex");
        await host.SubscribeAsync(nobody, "sub_3");

        await host.Publisher.PublishAsync(new WebhookPublication(OutboxHost.NewEvent(number: 1)) { Owner = "acme" });
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 2));
        await host.Dispatcher.DrainAsync();

        Assert.Equal([1, 2], OutboxHost.Numbers(acme).Order());
        Assert.Equal([2], OutboxHost.Numbers(globex));
        Assert.Equal([2], OutboxHost.Numbers(nobody));
    }

    [Fact]
    public async Task Publish_FilterAndPatterns_ChooseSubscriptions()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver some = host.StartReceiver();
        await using WebhookReceiver other = host.StartReceiver();
        await host.SubscribeAsync(some, "sub_1", types: "invoice.*", filter: """{"number":2}""");
        await host.SubscribeAsync(other, "sub_2", types: "customer.*,invoice.voided");

        foreach (int number in new[] { 1, 2 })
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent("invoice.paid", number));
            await host.Publisher.PublishAsync(OutboxHost.NewEvent("customer.created", number));
        }

        await host.Dispatcher.DrainAsync();

        Assert.Equal([2], OutboxHost.Numbers(some));
        Assert.Equal([1, 2], OutboxHost.Numbers(other).Order());
    }

    [Fact]
    public async Task Enqueue_WithoutANamedEndpoint_ThrowsAndSaysHowToRegister()
    {
        await using OutboxHost host = OutboxHost.Create();
        WebhookRequest bare = WebhookRequest.Get("https://hooks.example").Build();
        WebhookRequest unnamed = WebhookRequest.Get("https://hooks.example").WithEndpoint(new WebhookEndpoint("https://hooks.example")).Build();

        foreach (WebhookRequest request in new[] { bare, unnamed })
        {
            ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => host.Outbox.EnqueueAsync(request));
            Assert.Contains("AddEndpoint(", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Store_HoldsNoSecretInTheClear()
    {
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = new Uri("https://hooks.example/T0KEN")));
        await host.Subscriptions.AddAsync(new WebhookSubscription
        {
            Id = "sub_1",
            EventTypes = ["*"],
            Endpoint = new WebhookEndpoint("https://hooks.example/T0KEN") { Secrets = [OutboxHost.Secret], Credential = WebhookCredential.Header("X-Key", "T0KEN") },
        });
        await host.Outbox.EnqueueAsync(WebhookRequest.Post("https://hooks.example/T0KEN").WithEndpoint(host.Endpoints.Get("acme")).WithText("T0KEN", "text/plain").Build());

        byte[] request = Assert.Single(await host.Store.ReadPendingAsync(10)).Event.SealedRequest.ToArray();
        byte[] settings = Assert.Single(await host.Operations.ListEndpointsAsync(null, null, 10)).SealedSettings.ToArray();

        Assert.Equal(-1, request.AsSpan().IndexOf("T0KEN"u8));
        Assert.Equal(-1, settings.AsSpan().IndexOf("T0KEN"u8));
        Assert.Equal(-1, settings.AsSpan().IndexOf("whsec"u8));
    }

    private static OutboxHost CreateHost() => OutboxHost.Create(builder =>
    {
        builder.Services.AddSingleton<Seen>();
        builder.AddEventType(NewOpportunity, type => type.WithSource<OpportunitySource>().When(opportunity => opportunity.IsProject));
    });

    internal sealed record Opportunity(string Id, bool IsProject);

    private sealed class Seen
    {
        public List<WebhookEventContext> Contexts { get; } = [];
    }

    private sealed class OpportunitySource(Seen seen) : IWebhookEventSource<Opportunity>
    {
        public async IAsyncEnumerable<Opportunity> ReadAsync(
            WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            seen.Contexts.Add(context);
            await Task.Yield();

            if (context.Purpose == WebhookEventPurpose.Sample)
            {
                for (int i = 1; i < 10; i++)
                {
                    yield return new Opportunity($"s{i}", IsProject: i % 2 == 1);
                }
            }
            else if (context.RecordId != "missing")
            {
                yield return new Opportunity(context.RecordId!, IsProject: context.RecordId != "no-project");
            }
        }
    }

    [JsonSerializable(typeof(Opportunity))]
    private sealed partial class Json : JsonSerializerContext;
}
