using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Ordered endpoints, and endpoints that must not slow others.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task Drain_OrderedEndpoint_KeepsTheOrderOneAtATime()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver, ordered: true);
        await PublishAsync(host, 1, 200);

        await host.Dispatcher.DrainAsync();

        Assert.Equal(Enumerable.Range(1, 200), OutboxHost.Numbers(receiver));
    }

    [Fact]
    public async Task Drain_LongLane_IsReadFromWhatWaits()
    {
        var starts = new List<long>();
        var news = new List<long>();
        await using OutboxHost host = WatchedStore.CreateHost(call =>
        {
            starts.AddRange(call is (nameof(IWebhookStore.ReadInLanesAsync), [ReadOnlyMemory<LaneQuery> lanes, ..]) ? [lanes.Span[0].After.DeliveryId] : []);
            news.AddRange(call is (nameof(IWebhookStore.ReadLanesAsync), [_, long after, ..]) ? [after] : []);
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver, ordered: true);
        await PublishAsync(host, 1, 1_000);

        await host.Dispatcher.DrainAsync();

        // What was done is not read again; before it ends, all lanes are looked at.
        Assert.Equal(Enumerable.Range(1, 1_000), OutboxHost.Numbers(receiver));
        Assert.Equal(starts.Order(), starts);
        Assert.InRange(starts[^1], 800, 1_000);
        Assert.Contains(1_000, news);
        Assert.Equal(0, news[^1]);
    }

    [Fact]
    public async Task Drain_OrderedHeadThatFails_IsNeverOvertaken()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(200).Then(503).Times(3).Then(200);
        await host.SubscribeAsync(receiver, ordered: true);
        await PublishAsync(host, 1, 4);

        for (int i = 0; i < 4; i++)
        {
            await host.Dispatcher.DrainAsync();
            await PublishAsync(host, 5 + i, 1);
            host.Time.Advance(TimeSpan.FromHours(1));
        }

        await host.Dispatcher.DrainAsync();
        Assert.Equal([1, 2, 2, 2, 2, 3, 4, 5, 6, 7, 8], OutboxHost.Numbers(receiver));
    }

    [Fact]
    public async Task Drain_HeadSetAsideAfterTwoAttempts_LetsTheOthersGoAndIsRetriedByItself()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503).Then(503).Then(200);
        await host.SubscribeAsync(receiver, ordered: true, setAsideAfter: 2);
        await PublishAsync(host, 1, 3);

        await host.Dispatcher.DrainAsync();
        Assert.Equal([1], OutboxHost.Numbers(receiver));
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));
        Assert.Equal([1, 1, 2, 3], OutboxHost.Numbers(receiver));
        await host.DrainAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal([1, 1, 2, 3, 1], OutboxHost.Numbers(receiver));
        Assert.Empty(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
    }

    [Fact]
    public async Task Run_EndpointThatHangsWithABacklog_DoesNotSlowTheOthers()
    {
        await using OutboxHost host = OutboxHost.Create(options: options => options.MaxConcurrencyPerEndpoint = 2);
        await using WebhookReceiver slow = host.StartReceiver();
        await using WebhookReceiver quick = host.StartReceiver();
        var gate = new ReceiverGate();
        slow.Answers(ReceiverAnswer.Status(200).After(gate));
        await host.SubscribeAsync(slow, "slow", types: "a");
        await host.SubscribeAsync(quick, "quick", types: "b");

        for (int i = 0; i < 5000; i++)
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent("a", i));
        }

        for (int i = 0; i < 50; i++)
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent("b", i));
        }

        Task draining = host.Dispatcher.DrainAsync();
        await quick.WaitForRequestsAsync(50);

        Assert.Equal(2, gate.Arrivals);
        Assert.True((await host.Store.ReadEndpointsAsync(new[] { "slow" }))[0].HasLane);
        gate.Open();
        await draining.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(5000, slow.Requests.Count);
        Assert.Equal(0, (await host.Operations.ReadStatisticsAsync()).Waiting);
    }

    [Fact]
    public async Task Drain_SickEndpoint_IsAskedOneAtATimeAndHasALane()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(503).After(gate));
        await host.SubscribeAsync(receiver);
        await PublishAsync(host, 1, 100);

        Task draining = host.Dispatcher.DrainAsync();

        // Eight at once, and one more after each of the first four failures; the fifth makes it sick.
        await gate.WaitForArrivalsAsync(8);
        gate.LetPass(12);

        for (int arrival = 13; arrival <= 20; arrival++)
        {
            await gate.WaitForArrivalsAsync(arrival);
            Assert.Equal(arrival, gate.Arrivals);
            Assert.True((await host.Store.ReadEndpointsAsync(new[] { "sub_1" }))[0].HasLane);
            gate.LetPass(1);
        }

        gate.Open();
        await draining.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(100, receiver.Requests.Count);
        Assert.Equal(100, (await host.Operations.ReadStatisticsAsync()).Waiting);
    }

    [Fact]
    public async Task Run_SickEndpoint_IsLeftAloneForLongerAndLonger()
    {
        await using OutboxHost host = OutboxHost.Create(
            static builder => builder.Services.Configure<WebhookOptions>(options => options.AttemptTimeout = TimeSpan.FromMinutes(10)),
            static options =>
            {
                options.MaxConcurrencyPerEndpoint = 1;
                options.PollInterval = TimeSpan.FromMinutes(5);
                options.LeaseDuration = TimeSpan.FromMinutes(10);
            });
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);
        await PublishAsync(host, 1, 20);
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        // Only its rests pass.
        await host.Time.RunDownDelaysAsync(receiver.WaitForRequestsAsync(9), static length => length <= TimeSpan.FromSeconds(8));
        await stopping.CancelAsync();
        await running;

        DateTimeOffset[] at = [.. (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Select(each => each.Attempt.StartedAt)];
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(at[0], at[i]));
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(at[5 + i] - at[4 + i] >= TimeSpan.FromSeconds(1 << i), $"Rest {i} took {at[5 + i] - at[4 + i]}."));
    }

    [Fact]
    public void Note_FailuresInARow_DoublesTheRestUpToFiveMinutes()
    {
        var time = new ManualTimeProvider();
        var queue = new EndpointQueue("sub_1");
        var rests = new List<double>();

        for (int i = 1; i <= 16; i++)
        {
            queue.Note(succeeded: false, time);
            Assert.Equal(i >= 5, queue.IsSick);

            if (queue.IsSick)
            {
                rests.Add(time.GetElapsedTime(time.GetTimestamp(), queue.RestsUntil).TotalSeconds);
            }
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], rests);
        queue.Note(succeeded: true, time);
        Assert.False(queue.IsSick);
    }

    private static async Task PublishAsync(OutboxHost host, int first, int count)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: number));
        }
    }
}
