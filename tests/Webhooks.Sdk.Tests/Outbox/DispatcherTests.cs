using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Running, stopping, leases.</summary>
public sealed class DispatcherTests
{
    [Fact]
    public async Task Run_PublishWhileItRuns_IsDeliveredWithoutWaitingForThePoll()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        // The time stands still: only signals wake the dispatcher.
        for (int i = 1; i <= 5; i++)
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: i));
            await receiver.WaitForRequestsAsync(i);
        }

        await stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([1, 2, 3, 4, 5], OutboxHost.Numbers(receiver));
        Assert.Equal(5, (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Count);
    }

    [Fact]
    public async Task Run_Twice_Throws()
    {
        await using OutboxHost host = OutboxHost.Create();
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Dispatcher.DrainAsync());

        await stopping.CancelAsync();
        await running;
        await host.Dispatcher.DrainAsync();
    }

    [Fact]
    public async Task Run_Stopped_LetsAttemptsEndAndGivesItsLeasesBack()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(200).After(gate));
        await host.SubscribeAsync(receiver, ordered: true);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 1));
        await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: 2));
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await gate.WaitForArrivalsAsync(1);

        await stopping.CancelAsync();
        Assert.False(running.IsCompleted);
        gate.Open();
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        receiver.AssertSingleRequest();
        Assert.Single(await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery()));
        Assert.Single(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
        Assert.Equal(BucketLease.Buckets, (await host.Store.AcquireAsync("other", BucketLease.Buckets, TimeSpan.FromMinutes(1))).Count);
    }

    [Fact]
    public async Task Run_StoppedWhileAReceiverHangs_EndsAfterItsTimeAndSendsAgainLater()
    {
        await using OutboxHost host = OutboxHost.Create(options: options => options.StopTimeout = TimeSpan.Zero);
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(200).After(gate)).Then(200);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await gate.WaitForArrivalsAsync(1);

        await stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery()));
        await host.Dispatcher.DrainAsync();

        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(1, Assert.Single(await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Attempt.Number);
    }

    [Fact]
    public async Task Drain_WhileSomebodyElseHoldsTheLeases_SendsNothing()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Store.AcquireAsync("other", BucketLease.Buckets, TimeSpan.FromSeconds(15));

        await host.Dispatcher.DrainAsync();
        receiver.AssertNoRequests();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(15));

        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task Run_OnceTheLeasesOfSomebodyElseAreGivenBack_TakesOverAtTheNextSignal()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        await host.Store.AcquireAsync("other", BucketLease.Buckets, TimeSpan.FromMinutes(10));
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await host.Time.TimerStartedAsync(static _ => true);

        // The time stands still: no lease runs out, and no poll comes.
        await host.Store.ReleaseAsync("other", Enumerable.Range(0, BucketLease.Buckets).ToArray());
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await receiver.WaitForRequestsAsync(1);

        await stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task Publish_WithoutADispatcher_WarnsOnce()
    {
        using var overheard = new Overheard();
        await using OutboxHost host = OutboxHost.Create(builder => builder.Services.AddLogging(logging => logging.AddProvider(overheard)));

        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        int first = overheard.Texts.Count(IsWarning);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        Assert.NotEqual(0, first);
        Assert.Equal(first, overheard.Texts.Count(IsWarning));

        static bool IsWarning(string text) => text.Contains("no dispatcher runs", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task Host_WithAStoreInMemory_DeliversAndWarnsInProduction(string environment, bool warns)
    {
        using var overheard = new Overheard();
        await using var receiver = WebhookReceiver.Start();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Services.AddWebhooks(options => options.AllowLoopback = true);
        builder.Logging.AddProvider(overheard);
        using IHost host = builder.Build();
        await host.StartAsync();

        await host.Services.GetRequiredService<IWebhookSubscriptions>().AddAsync(
            new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = new WebhookEndpoint(receiver.Url) });
        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync(OutboxHost.NewEvent());
        await receiver.WaitForRequestsAsync(1);
        await host.StopAsync();

        Assert.Equal(warns, overheard.Texts.Any(text => text.Contains("kept in memory", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Drain_OneEventToManySubscribers_ReachesEachOnce()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();

        for (int i = 0; i < 1500; i++)
        {
            await host.Operations.AddEndpointAsync(new StoredEndpoint { Id = $"sub_{i}", EventTypes = ["*"], SealedSettings = Settings(host, receiver, $"sub_{i}") });
        }

        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();

        IReadOnlyList<RecordedAttempt> attempts = await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery { Limit = 10_000 });
        Assert.Equal(1500, receiver.Requests.Count);
        Assert.Equal(1500, attempts.Select(attempt => attempt.EndpointId).Distinct().Count());
    }

    private static byte[] Settings(OutboxHost host, WebhookReceiver receiver, string id) =>
        host.Services.GetRequiredService<IWebhookSealer>().Seal(
            StoredSettings.Write(new WebhookEndpoint(receiver.Url), "endpoint"), StoredSettings.Purpose(id));
}
