using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>The disk of the database is full for a while.</summary>
public sealed class DiskTests(ITestOutputHelper output)
{
    [StoreFact]
    public async Task Publish_WhileTheDiskIsFull_FailsFastAndGoesOnByItselfWhenThereIsSpace()
    {
        using SmallDisk? disk = PostgreSqlBinaries.Find() is null ? null : SmallDisk.TryMount(megabytes: 48, owner: "postgres");

        if (disk is null)
        {
            output.WriteLine("Not run: a small disk cannot be mounted here (it takes root, and a server of the tests' own).");
            return;
        }

        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync("max_connections=30");
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync(cluster.ConnectionString, Path.Combine(disk.Path, "data"));
        await using var log = new ReceiverLog();
        await database.PrepareAsync(("acme", log.UrlOf("acme"), true));
        await using ServiceProvider application = database.Open();
        var acknowledged = new List<string>();
        TimeSpan refusal;

        await using (application.Run())
        {
            await PublishAsync(10);
            await log.UntilAsync(arrivals => Delivered(arrivals) == acknowledged.Count, "all deliveries before");
            disk.Fill();
            WebhookStoreException refused = await Assert.ThrowsAsync<WebhookStoreException>(() => PublishAsync(1000));
            Assert.True(refused.IsTransient);
            Assert.Contains("is full", refused.Message, StringComparison.Ordinal);
            long start = Stopwatch.GetTimestamp();
            await Assert.ThrowsAsync<WebhookStoreException>(() => PublishAsync(1));
            refusal = Stopwatch.GetElapsedTime(start);

            disk.Free();
            await PublishAsync(10);
            await log.UntilAsync(arrivals => Delivered(arrivals) >= acknowledged.Count, "all deliveries");
        }

        output.WriteLine($"{acknowledged.Count} acknowledged, lost 0, duplicates {log.Arrivals().Length - Delivered(log.Arrivals())}, refused within {refusal.TotalMilliseconds:0} ms.");
        Assert.Empty(acknowledged.Except(log.Arrivals().Select(static arrival => arrival.EventId)));
        Assert.InRange(refusal, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(0, await database.CountDoubledAsync());

        async Task PublishAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                WebhookEvent webhookEvent = WebhookEvent.For("thing.happened").WithData(new Dictionary<string, string> { ["text"] = new string('x', 30_000) }).Build();
                await application.Publisher().PublishAsync(webhookEvent);
                acknowledged.Add(webhookEvent.Id);
            }
        }
    }

    private static int Delivered(Arrival[] arrivals) => arrivals.Select(static arrival => arrival.EventId).Distinct().Count();
}
