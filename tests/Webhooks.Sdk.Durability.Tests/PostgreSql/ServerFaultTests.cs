using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>The server is killed, restarted, and rid of its connections, while two applications publish and deliver.</summary>
public sealed class ServerFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromSeconds(5);

    [StoreFact]
    public async Task Fault_OfTheServerUnderLoad_LosesNothingThatWasAcknowledgedAndWorkGoesOnByItself()
    {
        if (PostgreSqlBinaries.Find() is null)
        {
            // With a server of somebody else's there is nothing to kill.
            return;
        }

        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync("max_connections=100");
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync(cluster.ConnectionString);
        await using var log = new ReceiverLog();
        await database.PrepareAsync([("ordered", log.UrlOf("ordered"), true), ("other", log.UrlOf("other"), false)]);
        await using ServiceProvider first = database.Open(Quick);
        await using ServiceProvider second = database.Open(Quick);
        var acknowledged = new ConcurrentQueue<(string Id, long At)>();
        var recoveries = new List<TimeSpan>();
        int refused = 0;

        await using (first.Run())
        await using (second.Run())
        {
            using var stop = new CancellationTokenSource();
            Task[] publishing = [PublishAsync(first, "a", stop.Token), PublishAsync(second, "b", stop.Token)];

            foreach (Func<Task> fault in new Func<Task>[] { cluster.KillAsync, cluster.StopAsync, TerminateAsync, cluster.KillAsync })
            {
                int before = log.Arrivals().Length;
                await log.UntilAsync(arrivals => arrivals.Length > before + 50, "requests before a fault");
                await fault();

                if (fault != TerminateAsync)
                {
                    await cluster.StartServerAsync();
                }

                long up = Stopwatch.GetTimestamp();
                await log.UntilAsync(arrivals => Recovered(arrivals) is not null, "an event that was published after a fault");
                recoveries.Add(Stopwatch.GetElapsedTime(up, Recovered(log.Arrivals())!.Timestamp));

                Arrival? Recovered(Arrival[] arrivals)
                {
                    HashSet<string> published = [.. acknowledged.Where(each => each.At > up).Select(static each => each.Id)];
                    return arrivals.FirstOrDefault(arrival => published.Contains(arrival.EventId));
                }
            }

            await stop.CancelAsync();
            await Task.WhenAll(publishing);
            await log.UntilAsync(arrivals => Delivered(arrivals) == 2 * acknowledged.Count, "all deliveries");
        }

        Arrival[] all = log.Arrivals();
        int disorders = Disorder.Count(await DeliveryOrder.OfAsync(database, "ordered"), all.Where(static arrival => arrival.Endpoint == "ordered"));
        output.WriteLine(
            $"4 faults: {acknowledged.Count} acknowledged, {refused} refused, lost 0, duplicates {all.Length - (2 * acknowledged.Count)}, out of order {disorders}, "
            + $"recovery {string.Join(' ', recoveries.Select(static recovery => $"{recovery.TotalSeconds:0.00} s"))}");
        Assert.Equal(acknowledged.Count, (await database.StoredIdsAsync()).Count);
        Assert.Equal(0, disorders);
        Assert.Equal(0, await database.CountDoubledAsync());
        Assert.NotEqual(0, refused);
        Assert.All(recoveries, static recovery => Assert.InRange(recovery, TimeSpan.Zero, LongestRecovery));

        async Task TerminateAsync()
        {
            await using var connection = new NpgsqlConnection($"{cluster.ConnectionString};Pooling=false");
            await connection.OpenAsync();
            await using var terminate = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'", connection);
            await terminate.ExecuteScalarAsync();
        }

        async Task PublishAsync(ServiceProvider application, string publisher, CancellationToken cancellationToken)
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            WebhookEvent? refusedEvent = null;

            // What was refused may be stored none the less: it is published again until it is acknowledged.
            for (int number = 1; refusedEvent is not null || !cancellationToken.IsCancellationRequested; await pace.WaitForNextTickAsync(CancellationToken.None))
            {
                WebhookEvent webhookEvent = refusedEvent ?? WebhookEvent.For("thing.happened").WithId($"{publisher}-{number}").WithJson("{}"u8).Build();
                long at = Stopwatch.GetTimestamp();

                try
                {
                    await application.Publisher().PublishAsync(webhookEvent, CancellationToken.None);
                    acknowledged.Enqueue((webhookEvent.Id, at));
                    (refusedEvent, number) = (null, number + 1);
                }
                catch (WebhookStoreException e) when (e.IsTransient)
                {
                    Interlocked.Increment(ref refused);
                    refusedEvent = webhookEvent;
                }
            }
        }
    }

    private static int Delivered(Arrival[] arrivals) =>
        arrivals.Where(static arrival => arrival.Status == 200).Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count();

    private static void Quick(WebhookOutboxOptions options) => options.LeaseDuration = TimeSpan.FromSeconds(1);
}
