using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Sqlite;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Reads deliveries that are due in SQLite, with their events of 1 KiB, and completes them with a recorded attempt each, in batches of 256: by the store's calls,
/// and by the bare statements in one transaction a batch.
/// </summary>
/// <remarks>Compare them with <c>--rates ClaimSqlite</c>.</remarks>
public class ClaimSqlite
{
    private const int Deliveries = 8_192;
    private const int Batch = 256;
    private const string Endpoint = "endpoint";

    private static readonly int[] Buckets = [.. Enumerable.Range(0, BucketLease.EndpointBuckets)];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-benchmark-");
    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private SqliteWebhookStore _store = null!;
    private StoreConnection _statements = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        var file = new StoreFile($"Data Source={Path.Combine(_directory.FullName, "webhooks")}.db;Pooling=False");
        _store = new SqliteWebhookStore(file, TimeProvider.System);
        await _store.OpenAsync();
        await _store.EnsureEndpointsAsync(new[] { new StoredEndpoint { Id = Endpoint } });
        _statements = StoreConnection.Open(file.ConnectionString, TimeProvider.System);
    }

    [GlobalCleanup]
    public void Close()
    {
        _statements.Dispose();
        _store.Dispose();
        _directory.Delete(recursive: true);
    }

    [IterationSetup]
    public void Fill() => FillAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true, OperationsPerInvoke = Deliveries)]
    public Task Statements()
    {
        for (int done = 0; done < Deliveries;)
        {
            List<(long Id, Guid Event)> due = ReadDue();

            foreach ((_, Guid key) in due)
            {
                using Statement read = _statements.Use(Sql.ReadEvent);
                _ = read.Bind(key).Step() ? read.Bytes(13) : [];
            }

            _statements.Run(Sql.Begin);
            due.ForEach(each => Complete(each.Id));
            _statements.Run(Sql.Commit);
            done += due.Count;
        }

        return Task.CompletedTask;
    }

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public async Task StoreCalls()
    {
        for (int done = 0; done < Deliveries;)
        {
            IReadOnlyList<DueDelivery> due = await _store.ReadDueAsync(Buckets, default, Batch);
            await _store.ReadEventsAsync(due.Select(static delivery => delivery.EventKey).ToArray());
            await _store.CommitAsync(due.Select(static delivery => new DeliveryOutcome
            {
                DeliveryId = delivery.Id,
                Attempt = delivery.Attempt,
                Kind = DeliveryOutcomeKind.Delivered,
                Made = new StoredAttempt { Number = 1, StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.FromMilliseconds(5), StatusCode = 200 },
            }).ToArray());
            done += due.Count;
        }
    }

    private async Task FillAsync()
    {
        StoredEvent[] events = [.. Enumerable.Range(0, Deliveries).Select(_ => NewEvent())];
        await _store.AppendAsync(events);
        await _store.FanOutAsync(events.Select(static stored => new Webhooks.Sdk.FanOut { EventKey = stored.Key, EndpointIds = [Endpoint] }).ToArray());
    }

    private List<(long Id, Guid Event)> ReadDue()
    {
        using Statement read = _statements.Use(Sql.ReadDue);
        read.Bind(0).Bind(new string('1', BucketLease.EndpointBuckets)).Bind(Batch);
        var due = new List<(long, Guid)>(Batch);

        while (read.Step())
        {
            due.Add((read.Int64(0), read.Guid(1)));
        }

        return due;
    }

    private void Complete(long delivery)
    {
        using Statement delete = _statements.Use(Sql.DeleteDelivery);
        delete.Bind(delivery).Bind(0).Step();
        using Statement insert = _statements.Use(Sql.InsertAttempt);
        insert.Bind(delivery).Bind(delete.Int64(0)).Bind(delete.Int64(1)).Bind(1).Bind(0).Bind(50_000).Bind(200).Bind(0).Bind((string?)null).Run();
    }

    private StoredEvent NewEvent()
    {
        var key = Guid.CreateVersion7();
        string id = $"evt_{key:N}";
        return new StoredEvent { Key = key, Id = id, Type = "invoice.paid", Timestamp = TimeProvider.System.GetUtcNow(), Data = _data, IdempotencyKey = id };
    }
}
