using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

public sealed class OutboxOptionsTests
{
    [Fact]
    public void Validate_Defaults_Succeed()
    {
        Assert.True(new WebhookOutboxOptionsValidator().Validate(null, new WebhookOutboxOptions()).Succeeded);
    }

    [Theory]
    [InlineData(0, 8, 1, 15, 5, nameof(WebhookOutboxOptions.MaxConcurrency))]
    [InlineData(10_001, 8, 1, 15, 5, nameof(WebhookOutboxOptions.MaxConcurrency))]
    [InlineData(256, 0, 1, 15, 5, nameof(WebhookOutboxOptions.MaxConcurrencyPerEndpoint))]
    [InlineData(256, 1_001, 1, 15, 5, nameof(WebhookOutboxOptions.MaxConcurrencyPerEndpoint))]
    [InlineData(256, 8, 0, 15, 5, nameof(WebhookOutboxOptions.PollInterval))]
    [InlineData(256, 8, 301, 15, 5, nameof(WebhookOutboxOptions.PollInterval))]
    [InlineData(256, 8, 1, 0, 5, nameof(WebhookOutboxOptions.LeaseDuration))]
    [InlineData(256, 8, 1, 601, 5, nameof(WebhookOutboxOptions.LeaseDuration))]
    [InlineData(256, 8, 1, 15, -1, nameof(WebhookOutboxOptions.StopTimeout))]
    public void Validate_OutsideItsRange_SaysSo(int concurrency, int perEndpoint, int poll, int lease, int stop, string member)
    {
        ValidateOptionsResult result = new WebhookOutboxOptionsValidator().Validate(null, new WebhookOutboxOptions
        {
            MaxConcurrency = concurrency,
            MaxConcurrencyPerEndpoint = perEndpoint,
            PollInterval = TimeSpan.FromSeconds(poll),
            LeaseDuration = TimeSpan.FromSeconds(lease),
            StopTimeout = TimeSpan.FromSeconds(stop),
        });

        Assert.Contains(member, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunDispatcher_False_LeavesTheWorkToOthers()
    {
        await using var receiver = WebhookReceiver.Start();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddWebhooks(options => options.AllowLoopback = true).ConfigureOutbox(options => options.RunDispatcher = false);
        using IHost host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IWebhookSubscriptions>().AddAsync(
            new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = new WebhookEndpoint(receiver.Url) });
        await host.Services.GetRequiredService<IWebhookPublisher>().PublishAsync(OutboxHost.NewEvent());

        // Nobody else runs one, so this does not throw.
        await host.Services.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest();
        await host.StopAsync();
    }

    [Fact]
    public async Task MaxConcurrency_IsNeverExceeded()
    {
        await using OutboxHost host = OutboxHost.Create(options: options => options.MaxConcurrency = 3);
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(200).After(gate));

        foreach (int i in Enumerable.Range(0, 10))
        {
            await host.SubscribeAsync(receiver, $"sub_{i}");
        }

        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        Task draining = host.Dispatcher.DrainAsync();
        await gate.WaitForArrivalsAsync(3);
        Assert.Equal(3, receiver.Requests.Count);
        gate.LetPass(1);
        await gate.WaitForArrivalsAsync(4);
        Assert.Equal(4, receiver.Requests.Count);
        gate.Open();

        await draining.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(10, receiver.Requests.Count);
    }

    [Fact]
    public async Task Retention_WhileTheDispatcherRuns_ForgetsWhatIsOld()
    {
        await using OutboxHost host = OutboxHost.Create(options: options => options.FinishedRetention = TimeSpan.FromDays(2));
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();

        host.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        await RunOnceAsync(host);
        long before = (await host.Operations.ReadStatisticsAsync()).Events;
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await RunOnceAsync(host);

        Assert.Equal((1L, 0L), (before, (await host.Operations.ReadStatisticsAsync()).Events));
    }

    [Fact]
    public async Task DeadLetterRetention_WhileTheDispatcherRuns_ForgetsWhatIsOld()
    {
        await using OutboxHost host = OutboxHost.Create(options: options =>
        {
            options.FinishedRetention = TimeSpan.FromDays(1);
            options.DeadLetterRetention = TimeSpan.FromDays(3);
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(400);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();

        host.Time.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        await RunOnceAsync(host);
        Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await RunOnceAsync(host);

        Assert.Empty(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal(0, (await host.Operations.ReadStatisticsAsync()).Events);
    }

    [Fact]
    public async Task PollInterval_WhenNobodySignals_IsHowLongARetryMayBeLate()
    {
        var poll = TimeSpan.FromSeconds(40);
        await using OutboxHost host = OutboxHost.Create(options: options =>
        {
            options.PollInterval = poll;
            options.LeaseDuration = TimeSpan.FromMinutes(10);
        });
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503).Then(200);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await receiver.WaitForRequestsAsync(1);

        // The retry is due after 4 to 6 seconds.
        await host.Time.RunDownDelaysAsync(receiver.WaitForRequestsAsync(2), length => length == poll);
        await stopping.CancelAsync();
        await running;

        DateTimeOffset[] at = [.. (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Select(each => each.Attempt.StartedAt)];
        Assert.True(at[1] - at[0] >= poll, $"It came after {at[1] - at[0]}.");
    }

    [Fact]
    public async Task LeaseDuration_IsWhatTheStoreIsAskedForAndRenewedInTime()
    {
        var length = TimeSpan.FromSeconds(36);
        var asked = new List<TimeSpan>();
        await using OutboxHost host = WatchedStore.CreateHost(
            call => asked.AddRange(call.Method is nameof(IWebhookStore.AcquireAsync) or nameof(IWebhookStore.RenewAsync) ? call.Arguments.OfType<TimeSpan>() : []),
            options: options =>
            {
                options.LeaseDuration = length;
                options.PollInterval = TimeSpan.FromMinutes(5);
            });
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        // Nothing to do: it wakes up for its leases only.
        for (int renewal = 0; renewal < 3; renewal++)
        {
            await host.Time.TimerStartedAsync(wait => wait == length / 4);
            await host.Time.TimerStartedAsync(wait => wait == length / 4);
            host.Time.Advance(length / 4);
        }

        await host.Time.TimerStartedAsync(wait => wait == length / 4);
        await stopping.CancelAsync();
        await running;

        Assert.All(asked, each => Assert.Equal(length, each));
        Assert.Equal(4, asked.Count);
    }

    [Theory]
    [InlineData(-1, 30, nameof(WebhookOutboxOptions.FinishedRetention))]
    [InlineData(7, -1, nameof(WebhookOutboxOptions.DeadLetterRetention))]
    public void Validate_NegativeRetention_SaysSo(int finished, int dead, string member)
    {
        ValidateOptionsResult result = new WebhookOutboxOptionsValidator().Validate(null, new WebhookOutboxOptions
        {
            FinishedRetention = TimeSpan.FromDays(finished),
            DeadLetterRetention = TimeSpan.FromDays(dead),
        });

        Assert.Contains(member, Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DurableStoreWithoutKeys_IsRefusedWithWhatToDo()
    {
        await using OutboxHost bare = WatchedStore.CreateHost(static _ => { }, isDurable: true);
        await using OutboxHost keyed = WatchedStore.CreateHost(
            static _ => { }, static builder => builder.UseSealingKeys(WebhookSealingKey.Generate("2026-01")), isDurable: true);
        WebhookEvent paid = OutboxHost.NewEvent();

        Assert.Contains(
            "UseSealingKeys",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => bare.Publisher.PublishAsync(paid))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bare.Dispatcher.RunAsync());
        Assert.NotNull(await keyed.Publisher.PublishAsync(paid));
    }

    [Fact]
    public async Task Open_UnderAnotherKey_IsRefusedWithTheReason()
    {
        var time = new ManualTimeProvider();
        var store = new InMemoryWebhookStore(time);
        var first = WebhookSealingKey.Generate("2026-01");
        await using OutboxHost writer = CreateHost(store, time, first);
        await using OutboxHost rotated = CreateHost(store, time, WebhookSealingKey.Generate("2026-02"), first);
        await using OutboxHost stranger = CreateHost(store, time, WebhookSealingKey.Generate("2026-01"));
        await writer.Publisher.PublishAsync(OutboxHost.NewEvent());

        Assert.NotNull(await rotated.Publisher.PublishAsync(OutboxHost.NewEvent()));
        Assert.Contains(
            "do not unseal",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.Publisher.PublishAsync(OutboxHost.NewEvent()))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.Dispatcher.RunAsync());
    }

    // The first idle turn clears up, before it waits.
    private static async Task RunOnceAsync(OutboxHost host)
    {
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await host.Time.TimerStartedAsync(length => length == TimeSpan.FromSeconds(1));
        await stopping.CancelAsync();
        await running;
    }

    private static OutboxHost CreateHost(InMemoryWebhookStore store, ManualTimeProvider time, params WebhookSealingKey[] keys) =>
        OutboxHost.Create(
            builder =>
            {
                builder.UseSealingKeys(keys);
                builder.Services.AddSingleton<IWebhookStore>(store);
            },
            time: time);
}
