using System;
using System.Linq;
using System.Threading.Tasks;
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
        receiver.Answers(503);
        await host.SubscribeAsync(receiver);
        await PublishAsync(host, 1, 100);

        await host.Dispatcher.DrainAsync();

        Assert.Equal(100, receiver.Requests.Count);
        Assert.Equal(100, (await host.Operations.ReadStatisticsAsync()).Waiting);
    }

    private static async Task PublishAsync(OutboxHost host, int first, int count)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: number));
        }
    }
}
