using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Keeps events in PostgreSQL.
/// </summary>
/// <remarks>
/// Any number of nodes publish and deliver: who holds the lease of a bucket works on the endpoints in it, and one of them makes deliveries of events.
/// </remarks>
internal sealed partial class PostgreSqlWebhookStore : IWebhookStore, IWebhookStoreOperations, IWebhookEventTable, IDisposable
{
    private readonly Database _database;
    private readonly Schema _schema;
    private readonly Partitions _partitions;
    private readonly GroupWriter _writer;
    private readonly PendingPosition _pending;
    private readonly WakeUp _wakeUp;
    private readonly SemaphoreSlim _opening = new(1);
    private volatile bool _isOpen;

    public PostgreSqlWebhookStore(NpgsqlDataSource dataSource, WebhookPostgreSqlOptions options, TimeProvider timeProvider)
        : this(dataSource, options, timeProvider, Migrations.All)
    {
    }

    public PostgreSqlWebhookStore(
        NpgsqlDataSource dataSource, WebhookPostgreSqlOptions options, TimeProvider timeProvider, IReadOnlyList<Migration> migrations)
    {
        _database = new Database(dataSource, new SchemaName(options.Schema));
        _schema = new Schema(_database, migrations);
        _partitions = new Partitions(_database);
        _wakeUp = new WakeUp(_database, timeProvider, options.Listen);
        _pending = new PendingPosition(timeProvider);
        _writer = new GroupWriter(AppendGroupAsync);
    }

    public WebhookStoreCapabilities Capabilities { get; } =
        new() { Name = "PostgreSQL", IsDurable = true, HasTransactions = true, IsMultiProcess = true };

    internal Database Database => _database;

    public async ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        if (_isOpen)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            if (!_isOpen)
            {
                await Pooler.RefuseResetsAsync(_database, cancellationToken).ConfigureAwait(false);
                await _schema.PrepareAsync(cancellationToken).ConfigureAwait(false);
                await _partitions.MakeAheadAsync(cancellationToken).ConfigureAwait(false);
                _isOpen = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            List<byte[]> kept = await _database.ReadAsync(Sql.ReadKept, static row => row.GetFieldValue<byte[]>(0), cancellationToken, Parameter.Of(name))
                .ConfigureAwait(false);

            if (kept.Count > 0)
            {
                return kept[0];
            }

            await _database.RunAsync(Sql.Keep, cancellationToken, Parameter.Of(name), Parameter.Of(candidate)).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(
        string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default) =>
        wanted > 0
            ? await _database.ReadAsync(Sql.Acquire, wanted, ReadLease, cancellationToken, Parameter.Of(holder), Parameter.Of(length)).ConfigureAwait(false)
            : [];

    public async ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(Sql.Renew, ReadLease, cancellationToken, Parameter.Of(holder), Parameter.Of(length)).ConfigureAwait(false);

    public async ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default)
    {
        await _database.RunAsync(Sql.Release, cancellationToken, Parameter.Of(holder), Buckets(buckets)).ConfigureAwait(false);
        _wakeUp.Signal();
    }

    public async ValueTask<int> CountHoldersAsync(CancellationToken cancellationToken = default) =>
        (await _database.ReadAsync(Sql.CountHolders, static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false))[0];

    public ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default) => _wakeUp.WaitAsync(longest, cancellationToken);

    public void Dispose()
    {
        _wakeUp.Dispose();
        _opening.Dispose();
    }

    private static BucketLease ReadLease(NpgsqlDataReader row) => new(row.GetInt16(0), row.GetInt64(1));

    private static NpgsqlParameter Buckets(ReadOnlyMemory<int> buckets) =>
        Parameter.Array(NpgsqlDbType.Smallint, buckets.ToArray(), static bucket => (short)bucket);
}
