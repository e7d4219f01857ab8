using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Endpoints that are disabled, paused and resumed.</summary>
public sealed class StoppingEndpointsTests
{
    [Fact]
    public async Task Drain_Gone_DisablesTheSubscriptionAndTellsOfIt()
    {
        var told = new List<WebhookEndpointDisabled>();
        await using OutboxHost host = OutboxHost.Create(options: options => options.OnEndpointDisabled = (disabled, _) =>
        {
            told.Add(disabled);
            throw new InvalidOperationException();
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(410);
        await host.SubscribeAsync(receiver, owner: "acme", ordered: true);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 1));
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 2));

        await host.Dispatcher.DrainAsync();
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 3));
        await host.DrainAfterAsync(TimeSpan.FromDays(2));

        receiver.AssertSingleRequest();
        Assert.Equal([new WebhookEndpointDisabled("sub_1", "acme", WebhookEndpointStateCause.Gone)], told);
        Assert.Equal(WebhookEndpointState.Disabled, await host.Control.GetStateAsync("sub_1"));
        Assert.Equal(DeadLetterReason.Gone, Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery())).Reason);
        Assert.Single(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
    }

    [Fact]
    public async Task Drain_NamedEndpointGone_IsNotDisabled()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(410).Then(200);
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = receiver.Url));

        for (int i = 0; i < 2; i++)
        {
            await host.Outbox.EnqueueAsync(WebhookRequest.Get(receiver.Url).WithEndpoint(host.Endpoints.Get("acme")).Build());
            await host.Dispatcher.DrainAsync();
        }

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(WebhookEndpointState.Active, await host.Control.GetStateAsync("acme"));
    }

    [Fact]
    public async Task Drain_OnlyFailuresForFiveDaysAndTenAttempts_DisablesTheSubscription()
    {
        var told = new List<WebhookEndpointDisabled>();
        await using OutboxHost host = OutboxHost.Create(options: options => options.OnEndpointDisabled = (disabled, _) =>
        {
            told.Add(disabled);
            return Task.CompletedTask;
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);

        // Nine failures, and five days: not yet.
        for (int i = 0; i < 9; i++)
        {
            await PublishAndDrainAsync(host);
        }

        host.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal(WebhookEndpointState.Active, await host.Control.GetStateAsync("sub_1"));
        await PublishAndDrainAsync(host);

        Assert.Equal(WebhookEndpointState.Disabled, await host.Control.GetStateAsync("sub_1"));
        Assert.Equal([new WebhookEndpointDisabled("sub_1", null, WebhookEndpointStateCause.OnlyFailures)], told);
    }

    [Fact]
    public async Task Drain_TenFailuresInLessThanFiveDays_DoNotDisable()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);

        for (int i = 0; i < 12; i++)
        {
            await PublishAndDrainAsync(host);
        }

        host.Time.Advance(TimeSpan.FromDays(5) - TimeSpan.FromSeconds(1));
        await PublishAndDrainAsync(host);

        Assert.Equal(WebhookEndpointState.Active, await host.Control.GetStateAsync("sub_1"));
    }

    [Fact]
    public async Task Pause_ThenResume_HoldsDeliveriesBackUntilThen()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);

        Assert.True(await host.Control.PauseAsync("sub_1"));
        await PublishAndDrainAsync(host);
        await PublishAndDrainAsync(host);
        receiver.AssertNoRequests();
        Assert.True(await host.Control.ResumeAsync("sub_1"));
        await host.Dispatcher.DrainAsync();
        await PublishAndDrainAsync(host);

        Assert.Equal(3, receiver.Requests.Count);
        Assert.False(Assert.Single(await host.Operations.ListEndpointsAsync(null, null, 10)).HasLane);
    }

    [Fact]
    public async Task Pause_NamedEndpointBeforeItsFirstDelivery_Counts()
    {
        await using var receiver = WebhookReceiver.Start();
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = receiver.Url));

        Assert.True(await host.Control.PauseAsync("acme"));
        await host.Outbox.EnqueueAsync(WebhookRequest.Get(receiver.Url).WithEndpoint(host.Endpoints.Get("acme")).Build());
        await host.Dispatcher.DrainAsync();

        receiver.AssertNoRequests();
        Assert.False(await host.Control.PauseAsync("nobody"));
    }

    [Fact]
    public async Task Drain_RowThatCannotBeUnsealed_PausesItsEndpointAndGivesNothingUp()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver, "good");
        await host.Operations.AddEndpointAsync(new StoredEndpoint { Id = "bad", EventTypes = ["*"], SealedSettings = new byte[] { 1, 2, 3 } });

        await PublishAndDrainAsync(host);

        receiver.AssertSingleRequest();
        StoredEndpoint bad = (await host.Store.ReadEndpointsAsync(new[] { "bad" }))[0];
        Assert.Equal((WebhookEndpointState.Paused, WebhookEndpointStateCause.Unreadable), (bad.State, bad.StateCause));
        Assert.Equal(0, Assert.Single(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery())).Attempts);
        Assert.Empty(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
    }

    private static async Task PublishAndDrainAsync(OutboxHost host)
    {
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();
    }
}
