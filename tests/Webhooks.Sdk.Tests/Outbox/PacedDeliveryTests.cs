using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Durable deliveries to endpoints with limits and circuit breakers: put off, never waited for.</summary>
public sealed class PacedDeliveryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Drain_Rate_PutsOffWhatHasNoTurnAndSpendsNoAttempt()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = WebhookRate.PerMinute(6) });
        await PublishAsync(host, 3);

        await host.Dispatcher.DrainAsync();
        receiver.AssertSingleRequest();
        IReadOnlyList<StoredDelivery> waiting = await host.Deliveries.ReadWaitingAsync(new DeliveryQuery());
        Assert.All(waiting, delivery => Assert.Equal((0, host.Time.GetUtcNow() + (10 * Second)), (delivery.Attempts, delivery.At)));
        await host.DrainAfterAsync((10 * Second) - TimeSpan.FromTicks(1));
        receiver.AssertSingleRequest();
        await host.DrainAfterAsync(TimeSpan.FromTicks(1));
        Assert.Equal(2, receiver.Requests.Count);
        await host.DrainAfterAsync(10 * Second);

        Assert.Equal(3, receiver.Requests.Count);
        Assert.All(await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery()), attempt => Assert.Equal((1, WebhookFailure.None), (attempt.Attempt.Number, attempt.Attempt.Failure)));
        Assert.Equal(0, (await host.Store.ReadEndpointsAsync(new[] { "sub_1" }))[0].Failures);
    }

    [Fact]
    public async Task Drain_TurnThatIsFarAway_IsAskedForAgainAfterFiveMinutes()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = new WebhookRate(1, TimeSpan.FromDays(1)) });
        await PublishAsync(host, 2);

        await host.Dispatcher.DrainAsync();

        Assert.Equal(host.Time.GetUtcNow() + TimeSpan.FromMinutes(5), Assert.Single(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery())).At);
    }

    [Fact]
    public async Task Drain_OrderedEndpointWithARate_KeepsItsOrder()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = WebhookRate.PerSecond(1) }, ordered: true);
        await PublishAsync(host, 5);

        for (int sent = 1; sent <= 5; sent++)
        {
            await host.Dispatcher.DrainAsync();
            Assert.Equal(Enumerable.Range(1, sent), OutboxHost.Numbers(receiver));
            host.Time.Advance(Second);
        }
    }

    [Fact]
    public async Task Drain_MaxConcurrency_IsKeptWithoutPuttingAnythingOff()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(200).After(gate));
        await SubscribeAsync(host, receiver, new WebhookLimits { MaxConcurrency = 2 });
        await PublishAsync(host, 20);

        Task draining = host.Dispatcher.DrainAsync();
        await gate.WaitForArrivalsAsync(2);
        Assert.Equal(2, gate.Arrivals);
        gate.LetPass(1);
        await gate.WaitForArrivalsAsync(3);
        Assert.Equal(3, gate.Arrivals);
        gate.Open();

        // The time stands still: nothing that was put off would have come.
        await draining.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(20, receiver.Requests.Count);
    }

    [Fact]
    public async Task Drain_MaxConcurrencyTakenBySomebodyElse_IsPutOffForASecond()
    {
        await using var receiver = WebhookReceiver.Start();
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint =>
        {
            endpoint.Url = receiver.Url;
            endpoint.MaxConcurrency = 1;
        }));
        WebhookEndpoint acme = host.Endpoints.Get("acme");
        Admission taken = host.Services.GetRequiredService<EndpointLanes>().TryEnter(acme);
        await host.Outbox.EnqueueAsync(WebhookRequest.Get(receiver.Url).WithEndpoint(acme).Build());

        await host.Dispatcher.DrainAsync();
        receiver.AssertNoRequests();
        Assert.Equal((0, host.Time.GetUtcNow() + Second), Waiting(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery())));
        taken.Place!.Dispose();
        await host.DrainAfterAsync(Second);

        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task Drain_CircuitOpen_PutsOffUntilItMayBeTestedAndSpendsNoAttempt()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503).Times(2).Then(200);
        var breaker = new WebhookCircuitBreaker { MinimumThroughput = 2, FailureRatio = 1, BreakDuration = TimeSpan.FromMinutes(1) };
        await SubscribeAsync(host, receiver, new WebhookLimits { CircuitBreaker = breaker, MaxConcurrency = 1 });
        await PublishAsync(host, 3);

        await host.Dispatcher.DrainAsync();

        Assert.Equal(2, receiver.Requests.Count);
        IReadOnlyList<StoredDelivery> waiting = await host.Deliveries.ReadWaitingAsync(new DeliveryQuery());
        StoredDelivery putOff = Assert.Single(waiting, delivery => delivery.Attempts == 0);
        Assert.Equal(host.Time.GetUtcNow() + TimeSpan.FromMinutes(1), putOff.At);

        // The retries of the others are due, but the receiver is left alone.
        await host.DrainAfterAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(2, receiver.Requests.Count);
        await host.DrainAfterAsync(TimeSpan.FromSeconds(31));
        await host.DrainAfterAsync(TimeSpan.FromSeconds(1));

        Assert.Empty(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
        Assert.Equal([1, 1, 1, 2, 2], (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Select(each => each.Attempt.Number).Order());
    }

    [Fact]
    public async Task Drain_WithNoRoomButOne_NeverKeepsOthersWaitingForATurn()
    {
        await using OutboxHost host = OutboxHost.Create(options: options => options.MaxConcurrency = 1);
        await using WebhookReceiver slow = host.StartReceiver();
        await using WebhookReceiver quick = host.StartReceiver();
        await SubscribeAsync(host, slow, new WebhookLimits { Rate = WebhookRate.PerMinute(1), MaxWait = TimeSpan.FromMinutes(10) }, "slow", "a");
        await SubscribeAsync(host, quick, new WebhookLimits(), "quick", "b");
        await PublishAsync(host, 50, "a");
        await PublishAsync(host, 50, "b");

        await host.Dispatcher.DrainAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((1, 50), (slow.Requests.Count, quick.Requests.Count));
    }

    [Fact]
    public async Task Run_Rate_GoesOnAsSoonAsThereIsATurn()
    {
        var interval = TimeSpan.FromSeconds(0.25);
        await using OutboxHost host = OutboxHost.Create(options: options =>
        {
            options.PollInterval = TimeSpan.FromMinutes(5);
            options.LeaseDuration = TimeSpan.FromMinutes(10);
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = WebhookRate.PerSecond(4) });
        await PublishAsync(host, 10);
        DateTimeOffset began = host.Time.GetUtcNow();
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        // Time passes only where it waits for a turn: waiting for its next poll, it would wait for ever.
        await host.Time.RunDownDelaysAsync(receiver.WaitForRequestsAsync(10), length => length <= interval);
        await stopping.CancelAsync();
        await running;

        DateTimeOffset[] at = [.. (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Select(each => each.Attempt.StartedAt).Order()];
        Assert.Equal(Enumerable.Range(1, 10), OutboxHost.Numbers(receiver).Order());
        Assert.All(Enumerable.Range(1, 9), i => Assert.True(at[i] >= began + (i * interval), $"Attempt {i} came after {at[i] - began}."));
    }

    [Fact]
    public async Task TryEnter_SubscriptionReadAnew_HasTheSameLaneUntilItsUrlChanges()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await using WebhookReceiver moved = host.StartReceiver();
        var once = new WebhookLimits { Rate = WebhookRate.PerMinute(1) };
        await SubscribeAsync(host, receiver, once);
        await PublishAsync(host, 2);
        await host.Dispatcher.DrainAsync();

        // Another version of the row, another run of the dispatcher, and a direct send.
        await host.Control.RotateSecretAsync("sub_1", WebhookSecret.Generate());
        await PublishAsync(host, 1);
        await host.Dispatcher.DrainAsync();
        EndpointLanes lanes = host.Services.GetRequiredService<EndpointLanes>();
        Assert.Equal(WebhookFailure.Paced, lanes.TryEnter((await host.Subscriptions.FindAsync("sub_1"))!.Endpoint).Failure);
        receiver.AssertSingleRequest();
        await host.Subscriptions.ReplaceAsync(Subscription(moved, once));

        Assert.NotNull(lanes.TryEnter((await host.Subscriptions.FindAsync("sub_1"))!.Endpoint).Place);
    }

    [Fact]
    public async Task Drain_TwoSubscriptionsOfOneUrl_HaveLimitsOfTheirOwn()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = WebhookRate.PerMinute(1) }, "sub_1");
        await SubscribeAsync(host, receiver, new WebhookLimits { Rate = WebhookRate.PerMinute(1) }, "sub_2");
        await PublishAsync(host, 2);

        await host.Dispatcher.DrainAsync();

        Assert.Equal(2, receiver.Requests.Count);
    }

    private static (int Attempts, DateTimeOffset At) Waiting(IReadOnlyList<StoredDelivery> waiting) => (Assert.Single(waiting).Attempts, waiting[0].At);

    private static WebhookSubscription Subscription(WebhookReceiver receiver, WebhookLimits limits, string id = "sub_1", string type = "*", bool ordered = false) => new()
    {
        Id = id,
        EventTypes = [type],
        Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [OutboxHost.Secret], Limits = limits, Ordered = ordered },
    };

    private static Task SubscribeAsync(
        OutboxHost host, WebhookReceiver receiver, WebhookLimits limits, string id = "sub_1", string type = "*", bool ordered = false) =>
        host.Subscriptions.AddAsync(Subscription(receiver, limits, id, type, ordered));

    private static async Task PublishAsync(OutboxHost host, int count, string type = "invoice.paid")
    {
        foreach (int number in Enumerable.Range(1, count))
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent(type, number));
        }
    }
}
