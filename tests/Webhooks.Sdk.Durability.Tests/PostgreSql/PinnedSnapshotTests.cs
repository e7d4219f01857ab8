using System;
using System.Collections.Generic;
using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Somebody keeps a snapshot open, behind which no row that is done can be cleaned up.</summary>
public sealed class PinnedSnapshotTests(ITestOutputHelper output)
{
    private const int Batch = 50;
    private const int Quarters = 4;
    private const int MostBehind = 2_000;

    private static readonly TimeSpan Length = SoakRun.LengthOr(seconds: 6);
    private static readonly string[] Ordered = Spread.Of("ordered", 4);
    private static readonly string[] Endpoints = [.. Ordered, .. Spread.Of("other", 4)];

    [StoreFact]
    public async Task Run_WhileAnOldSnapshotIsOpen_DeliversEverythingOnceAndInOrder()
    {
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        var log = new AnswerLog();
        await using ServiceProvider application = database.Open(configure: builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler(log)));
        await database.PrepareAsync(Endpoints.Select(static id => (id, new Uri($"http://localhost/{id}"), Ordered.Contains(id))));
        int batches = 0;
        var rates = new List<double>();
        long seen;

        await using (application.Run())
        {
            // What is compiled and filled at first is not measured.
            await PublishAsync(TimeSpan.FromSeconds(1));
            await using NpgsqlConnection old = database.Connect();
            await old.OpenAsync();
            await using NpgsqlTransaction snapshot = await old.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            seen = await CountEventsAsync(old);

            for (int i = 0; i < Quarters; i++)
            {
                (long before, long start) = (log.Count, Stopwatch.GetTimestamp());
                await PublishAsync(Length / Quarters);
                rates.Add((log.Count - before) / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            Assert.Equal(seen, await CountEventsAsync(old));
            await UntilBehindAsync(0);
            await database.UntilNoneAsync("webhooks_delivery");
        }

        long size = (await database.ReadAsync<long>("SELECT pg_total_relation_size('webhooks_delivery')"))[0];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{log.Count} deliveries, {Length.TotalSeconds:0} s behind a snapshot: {string.Join(' ', rates.Select(static rate => $"{rate:0}/s"))} by quarter, "
            + $"last to first {rates[^1] / rates[0]:0.00}, deliveries and indexes {size / 1024} KiB"));
        Assert.True(batches * Batch > seen);
        Assert.Equal(batches * Batch * Endpoints.Length, await database.CountAsync("webhooks_attempt"));
        Assert.Equal(0, await database.CountDoubledAsync());
        Assert.All(Endpoints, endpoint => Assert.Equal(Enumerable.Range(0, batches * Batch), log.NumbersOf(endpoint).Order()));

        // Of a batch, events are published at once; batches one after the other.
        Assert.All(Ordered, endpoint => Assert.All(
            log.NumbersOf(endpoint).Zip(log.NumbersOf(endpoint).Skip(1)), static pair => Assert.True(pair.First / Batch <= pair.Second / Batch)));

        async Task PublishAsync(TimeSpan length)
        {
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length; batches++)
            {
                await Task.WhenAll(Enumerable.Range(batches * Batch, Batch).Select(number => application.Publisher().PublishAsync(ApplicationExtensions.EventOf(number))));
                await UntilBehindAsync(MostBehind);
            }
        }

        async Task UntilBehindAsync(int most)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

            while (((long)batches * Batch * Endpoints.Length) - log.Count > most)
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
    }

    private static async Task<long> CountEventsAsync(NpgsqlConnection connection)
    {
        await using var count = new NpgsqlCommand("SELECT count(*) FROM webhooks.event", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
