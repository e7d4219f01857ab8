using System;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>What operators do.</summary>
public sealed class OperatingTests
{
    [Fact]
    public async Task Replay_OfADeadLetter_IsSignedAnewAndDoesNotCountAgainstHealth()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();
        host.Time.Advance(TimeSpan.FromMinutes(1));

        int replayed = await host.Deliveries.ReplayAsync([(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()))[0].Id]);
        await host.Dispatcher.DrainAsync();

        Assert.Equal(1, replayed);
        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(receiver.Requests[0].Header("webhook-id"), receiver.Requests[1].Header("webhook-id"));
        Assert.NotEqual(receiver.Requests[0].Header("webhook-signature"), receiver.Requests[1].AssertSigned(OutboxHost.Secret).Header("webhook-signature"));
        Assert.Equal(1, Assert.Single(await host.Operations.ListEndpointsAsync(null, null, 10)).Failures);
    }

    [Fact]
    public async Task ReplayDeadLetters_MoreThanASlice_ReplaysAllSinceTheTime()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();
        host.Time.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset since = host.Time.GetUtcNow();

        for (int i = 0; i < 501; i++)
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        }

        await host.Dispatcher.DrainAsync();

        Assert.Equal(501, await host.Deliveries.ReplayDeadLettersAsync(new DeliveryQuery { Since = since, Limit = 1 }, TimeSpan.Zero));
        Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
    }

    [Fact]
    public async Task SendTest_ReachesTheOneEndpointWhateverItWants()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await using WebhookReceiver other = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver, "sub_1", types: "invoice.voided", ordered: true);
        await host.SubscribeAsync(other, "sub_2");

        await host.Deliveries.SendTestAsync("sub_1", OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();

        receiver.AssertSingleRequest().AssertSigned(OutboxHost.Secret);
        other.AssertNoRequests();
        StoredEndpoint endpoint = (await host.Store.ReadEndpointsAsync(new[] { "sub_1" }))[0];
        Assert.Equal((0, true), (endpoint.Failures, endpoint.Ordered));
    }

    [Fact]
    public async Task Erase_Subject_DeletesItsEventsAndDeliveries()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 1, subject: "user_1"));
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 2, subject: "user_2"));
        await host.Dispatcher.DrainAsync();

        int erased = await host.Deliveries.EraseAsync(owner: null, "user_1");
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(1, erased);
        Assert.Equal([1, 2, 2], OutboxHost.Numbers(receiver).Order());
    }

    [Fact]
    public async Task Subscriptions_AreAddedFoundListedReplacedAndRemoved()
    {
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = new Uri("https://acme.example")));
        var subscription = new WebhookSubscription
        {
            Id = "sub_1",
            Owner = "acme",
            EventTypes = ["invoice.*"],
            Filter = """{"a":1}"""u8.ToArray(),
            Endpoint = new WebhookEndpoint(WebhookUrl.Opaque("https://hooks.example/run?sig=a%2Fb"))
            {
                Secrets = [OutboxHost.Secret],
                Headers = [new("X-A", "1"), new("X-B", "2")],
                Credential = WebhookCredential.Query("key", "value"),
                Format = WebhookFormat.CloudEvents,
                Source = "/billing",
                Ordered = true,
                SetAsideAfter = 3,
                Limits = new WebhookLimits { AttemptTimeout = TimeSpan.FromSeconds(3), MaxRequestBodySize = 1000, MaxConcurrency = 5 },
                Schedule = RetrySchedule.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)).WithJitter(0),
                IdempotencyHeader = new WebhookIdempotencyHeader("Idempotency-Key") { IsUuid = true },
                PropagateTraceContext = true,
            },
        };
        await host.Subscriptions.AddAsync(subscription);
        await host.Control.PauseAsync("acme");

        WebhookSubscription found = (await host.Subscriptions.FindAsync("sub_1"))!;
        Assert.Equal(("acme", "invoice.*"), (found.Owner, found.EventTypes.Single()));
        Assert.Equal(subscription.Filter.ToArray(), found.Filter.ToArray());
        Assert.Equal("https://hooks.example/run?sig=a%2Fb", found.Endpoint.Url.AbsoluteUri);
        Assert.Equal(subscription.Endpoint.Secrets, found.Endpoint.Secrets);
        Assert.Equal(subscription.Endpoint.Headers, found.Endpoint.Headers);
        Assert.Equal("key=value", found.Endpoint.Credential!.QueryPair);
        Assert.Equal((WebhookFormat.CloudEvents, "/billing", true, 3), (found.Endpoint.Format, found.Endpoint.Source, found.Endpoint.Ordered, found.Endpoint.SetAsideAfter));
        Assert.Equal((TimeSpan.FromSeconds(3), 1000, 5), (found.Endpoint.Limits.AttemptTimeout, found.Endpoint.Limits.MaxRequestBodySize, found.Endpoint.Limits.MaxConcurrency));
        Assert.Equal(subscription.Endpoint.Schedule, found.Endpoint.Schedule);
        Assert.Equal(("Idempotency-Key", true, true), (found.Endpoint.IdempotencyHeader!.Name, found.Endpoint.IdempotencyHeader.IsUuid, found.Endpoint.PropagateTraceContext));
        Assert.Equal("sub_1", Assert.Single(await host.Subscriptions.ListAsync(owner: null)).Id);
        Assert.Empty(await host.Subscriptions.ListAsync("globex"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Subscriptions.AddAsync(subscription));
        Assert.True(await host.Subscriptions.ReplaceAsync(new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = new WebhookEndpoint("https://new.example") }));
        Assert.Equal("https://new.example/", (await host.Subscriptions.FindAsync("sub_1"))!.Endpoint.Url.AbsoluteUri);
        Assert.True(await host.Subscriptions.RemoveAsync("sub_1"));
        Assert.False(await host.Subscriptions.RemoveAsync("sub_1"));
        Assert.False(await host.Subscriptions.RemoveAsync("acme"));
        Assert.Null(await host.Subscriptions.FindAsync("sub_1"));
        Assert.False(await host.Subscriptions.ReplaceAsync(subscription));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task Read_LimitOutsideItsRange_SaysSo(int limit)
    {
        await using OutboxHost host = OutboxHost.Create();
        var query = new DeliveryQuery { Limit = limit };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("query", () => host.Deliveries.ReadWaitingAsync(query));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("query", () => host.Deliveries.ReadDeadLettersAsync(query));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("query", () => host.Deliveries.ReadAttemptsAsync(query));
    }

    [Fact]
    public async Task Operate_ArgumentsThatNameNothing_Throw()
    {
        await using OutboxHost host = OutboxHost.Create();

        await Assert.ThrowsAsync<ArgumentException>("endpointId", () => host.Control.PauseAsync(""));
        await Assert.ThrowsAsync<ArgumentException>("endpointId", () => host.Control.ResumeAsync(""));
        await Assert.ThrowsAsync<ArgumentException>("endpointId", () => host.Control.GetStateAsync(""));
        await Assert.ThrowsAsync<ArgumentNullException>("secret", () => host.Control.RotateSecretAsync("sub_1", null!));
        await Assert.ThrowsAsync<ArgumentException>("endpointId", () => host.Deliveries.SendTestAsync("", OutboxHost.NewEvent()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("spread", () => host.Deliveries.ReplayDeadLettersAsync(new DeliveryQuery(), TimeSpan.FromTicks(-1)));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Deliveries.EraseAsync(owner: null, subject: null));
        Assert.False(await host.Control.RetireSecretsAsync("sub_1"));
        Assert.Equal(WebhookEndpointState.Active, await host.Control.GetStateAsync("sub_1"));
    }
}
