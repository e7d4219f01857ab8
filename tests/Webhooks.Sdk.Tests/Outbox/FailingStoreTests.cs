using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>A store that fails while the dispatcher runs.</summary>
public sealed class FailingStoreTests
{
    private static readonly TimeSpan LongTimeout = TimeSpan.FromMinutes(10);

    // Not leases, which are another test's.
    private static readonly string[] Failing =
    [
        nameof(IWebhookStore.AppendAsync), nameof(IWebhookStore.ReadPendingAsync), nameof(IWebhookStore.ReadSubscribersAsync), nameof(IWebhookStore.FanOutAsync),
        nameof(IWebhookStore.ReadDueAsync), nameof(IWebhookStore.ReadLanesAsync), nameof(IWebhookStore.ReadEventsAsync), nameof(IWebhookStore.ReadEndpointsAsync),
        nameof(IWebhookStore.CommitAsync), nameof(IWebhookStore.WaitForWorkAsync),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_StoreThatFailsAThirdOfItsCalls_LosesNothingAndSendsNothingTwice(bool failsBeforeTheCall)
    {
        // By chance: every third would be the same one of each turn. Of waiting there is no "after": thrown from there, it would leave a wait behind that
        // takes the next signal in the dispatcher's place.
        var random = new Random(1);
        bool mayFail = false;
        var hit = new HashSet<string>(StringComparer.Ordinal);
        await using OutboxHost host = WatchedStore.CreateHost(
            call => Fail(call.Method, failsBeforeTheCall),
            static builder => builder.Services.Configure<WebhookOptions>(options => options.AttemptTimeout = LongTimeout),
            static options =>
            {
                options.LeaseDuration = TimeSpan.FromMinutes(10);
                options.PollInterval = TimeSpan.FromMinutes(5);
            },
            after: method => Fail(method, !failsBeforeTheCall && method != nameof(IWebhookStore.WaitForWorkAsync)));
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        await PublishAsync(host, 1, 50);
        mayFail = true;
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);

        await host.Time.RunDownDelaysAsync(SendAllAsync(), IsAfterAFailure);
        mayFail = false;
        await stopping.CancelAsync();
        await host.Time.RunDownDelaysAsync(running, IsAfterAFailure);
        await host.Dispatcher.DrainAsync();

        Assert.Equal(Enumerable.Range(1, 150), OutboxHost.Numbers(receiver).Order());
        Assert.Equal(150, (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery { Limit = 1000 })).Count);
        Assert.Empty(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
        Assert.Superset(new HashSet<string> { nameof(IWebhookStore.CommitAsync), nameof(IWebhookStore.ReadDueAsync), nameof(IWebhookStore.FanOutAsync) }, hit);

        async Task SendAllAsync()
        {
            await receiver.WaitForRequestsAsync(50);

            for (int number = 51; number <= 150; number++)
            {
                // The publisher is told, and tries again.
                while (true)
                {
                    try
                    {
                        await host.Publisher.PublishAsync(new WebhookPublication(OutboxHost.NewEvent(number: number)) { IdempotencyKey = $"{number}" });
                        break;
                    }
                    catch (WebhookStoreException)
                    {
                    }
                }

                await receiver.WaitForRequestsAsync(number);
            }
        }

        void Fail(string method, bool isTurn)
        {
            lock (hit)
            {
                if (isTurn && mayFail && Failing.Contains(method) && random.Next(3) == 0)
                {
                    hit.Add(method);
                    throw new WebhookStoreException("The disk is full.", isTransient: true);
                }
            }
        }
    }

    [Fact]
    public async Task Run_LeaseThatCannotBeRenewed_StartsNoAttemptAfterEightyPercentOfIt()
    {
        bool isDown = false;
        await using OutboxHost host = WatchedStore.CreateHost(
            call =>
            {
                if (Volatile.Read(ref isDown) && call.Method is nameof(IWebhookStore.RenewAsync) or nameof(IWebhookStore.AcquireAsync))
                {
                    throw new WebhookStoreException("The network is down.", isTransient: true);
                }
            },
            static builder => builder.Services.Configure<WebhookOptions>(options => options.AttemptTimeout = LongTimeout),
            static options => options.MaxConcurrency = 1);
        await using WebhookReceiver receiver = host.StartReceiver();
        var gate = new ReceiverGate();
        receiver.Answers(ReceiverAnswer.Status(200).After(gate)).Then(200);
        await host.SubscribeAsync(receiver);
        await PublishAsync(host, 1, 2);
        using var stopping = new CancellationTokenSource();
        Task running = host.Dispatcher.RunAsync(stopping.Token);
        await gate.WaitForArrivalsAsync(1);
        Volatile.Write(ref isDown, true);
        DateTimeOffset began = host.Time.GetUtcNow();
        host.Time.Advance(TimeSpan.FromSeconds(12));

        // The second delivery is in hand, and its turn comes now.
        gate.Open();
        await host.Time.TimerStartedAsync(static length => length == TimeSpan.FromSeconds(1));
        host.Time.Advance(TimeSpan.FromSeconds(20));
        Volatile.Write(ref isDown, false);
        await host.Time.RunDownDelaysAsync(receiver.WaitForRequestsAsync(2), IsAfterAFailure);
        await stopping.CancelAsync();
        await running;

        IReadOnlyList<RecordedAttempt> attempts = await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery());
        Assert.True(attempts[^1].Attempt.StartedAt >= began + TimeSpan.FromSeconds(32), $"It started after {attempts[^1].Attempt.StartedAt - began}.");
    }

    // What the dispatcher waits after one. While an attempt is under way, it stands still.
    private static bool IsAfterAFailure(TimeSpan length) => length == TimeSpan.FromSeconds(1);

    private static async Task PublishAsync(OutboxHost host, int first, int count)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await host.Publisher.PublishAsync(OutboxHost.NewEvent(number: number));
        }
    }
}
