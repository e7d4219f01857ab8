using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Keeps events in a SQLite file.
/// </summary>
/// <remarks>
/// One process at a time delivers, the holder of the lease; others may publish into the same file.
/// </remarks>
internal sealed partial class SqliteWebhookStore(StoreFile file, TimeProvider timeProvider) : IWebhookStore, IWebhookStoreOperations, IWebhookEventTable, IDisposable
{
    private static readonly int[] AllBuckets = [.. Enumerable.Range(0, BucketLease.Buckets)];
    private static readonly TimeSpan OpeningPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _opening = new(1);
    private readonly WorkSignal _signal = new(timeProvider);
    private readonly HashSet<int> _released = [];
    private volatile OpenStore? _open;
    private bool _isDisposed;

    public WebhookStoreCapabilities Capabilities { get; } = new() { Name = "SQLite", IsDurable = true, HasTransactions = true };

    internal GroupWriter Writer => Opened.Writer;

    private OpenStore Opened => _open ?? throw new InvalidOperationException("The SQLite store is not open: await OpenAsync first.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        if (_open is not null)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _open ??= await OpenOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default)
    {
        // Read first: whoever publishes for the first time inside a transaction holds the lock that a write would wait for.
        if (await ReadAsync(connection => ReadKept(connection, name), cancellationToken).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        return await WriteAsync(
            connection =>
            {
                using (Statement keep = connection.Use(Sql.Keep))
                {
                    keep.Bind(name).Bind(candidate.Span).Run();
                }

                return ReadKept(connection, name)!;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(
        string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default) =>
        wanted > 0 ? await LeaseAsync(Sql.Acquire, holder, length, cancellationToken).ConfigureAwait(false) : [];

    public async ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default) =>
        await LeaseAsync(Sql.Renew, holder, length, cancellationToken).ConfigureAwait(false);

    public async ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                _released.UnionWith(buckets.Span.ToArray());

                // The file is leased as a whole, so it is free when the last bucket is.
                if (_released.Count == BucketLease.Buckets)
                {
                    using Statement release = connection.Use(Sql.Release);
                    release.Bind(holder).Run();
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default)
    {
        GroupWriter writer = Opened.Writer;

        // Callers' transactions and other processes commit without telling us.
        writer.BeginWatching();

        try
        {
            await _signal.WaitAsync(longest, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            writer.EndWatching();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _open?.Dispose();
        _opening.Dispose();
    }

    private async ValueTask<OpenStore> OpenOnceAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();

        while (true)
        {
            try
            {
                return OpenStore.Open(file, timeProvider, _signal.Set);
            }
            catch (WebhookStoreException e) when (e.IsTransient && Stopwatch.GetElapsedTime(start) < OpeningPatience)
            {
                // SQLite does not wait for the lock where two processes begin a write-ahead log at once.
                await Task.Delay(OpeningPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static byte[]? ReadKept(StoreConnection connection, string name)
    {
        using Statement read = connection.Use(Sql.ReadKept);
        return read.Bind(name).Step() ? read.Bytes(0) : null;
    }

    private Task<T> WriteAsync<T>(Func<StoreConnection, T> write, CancellationToken cancellationToken) =>
        Opened.Writer.WriteAsync(write, cancellationToken);

    private ValueTask<T> ReadAsync<T>(Func<StoreConnection, T> read, CancellationToken cancellationToken) =>
        Opened.Readers.ReadAsync(read, cancellationToken);

    private Task<BucketLease[]> LeaseAsync(string sql, string holder, TimeSpan length, CancellationToken cancellationToken) =>
        WriteAsync(
            connection =>
            {
                using Statement lease = connection.Use(sql);

                if (!lease.Bind(holder).Bind(length.Ticks).Step())
                {
                    return [];
                }

                _released.Clear();
                long epoch = lease.Int64(0);
                return Array.ConvertAll(AllBuckets, bucket => new BucketLease(bucket, epoch));
            },
            cancellationToken);
}
