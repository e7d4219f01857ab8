using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Sqlite;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Stores events of 1 KiB durably in SQLite: each awaited by one of 256 producers, against as many in batches of 1,000 that nobody waits for one by one.
/// </summary>
/// <remarks>
/// All of them use the same tables and settings. Compare them with <c>--rates PublishSqlite</c>.
/// </remarks>
public class PublishSqlite
{
    private const int Events = 16_000;
    private const int Producers = 256;
    private const int Batch = 1_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-benchmark-");
    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private SqliteWebhookStore _store = null!;
    private StoreConnection _statements = null!;
    private SqliteConnection _adoNet = null!;
    private ServiceProvider _services = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _store = new SqliteWebhookStore(new StoreFile(Database("store")), TimeProvider.System);
        await _store.OpenAsync();
        _statements = await CreateAsync("statements");
        _adoNet = new SqliteConnection(Database("ado.net"));
        (await CreateAsync("ado.net")).Dispose();
        await _adoNet.OpenAsync();
        Execute(Sql.Durable);
        _adoNet.CreateFunction("webhooks_now", () => UnixTicks.From(TimeProvider.System.GetUtcNow()));
        var services = new ServiceCollection();
        services.AddWebhooks().UseSqlite(Database("publisher"));
        services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.None);
        _services = services.BuildServiceProvider();
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _services.DisposeAsync();
        _store.Dispose();
        _statements.Dispose();
        await _adoNet.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public Task BatchesOfStatements()
    {
        for (int i = 0; i < Events; i += Batch)
        {
            _statements.Run(Sql.Begin);

            for (int j = 0; j < Batch; j++)
            {
                SqliteWebhookStore.Insert(_statements, NewEvent());
            }

            _statements.Run(Sql.Commit);
        }

        return Task.CompletedTask;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public Task BatchesByAdoNet()
    {
        using SqliteCommand insert = _adoNet.CreateCommand();
        insert.CommandText = Sql.InsertEvent;
        SqliteParameter[] parameters = [.. Enumerable.Range(1, 15).Select(i => insert.Parameters.Add(new SqliteParameter($"?{i}", DBNull.Value)))];

        for (int i = 0; i < Events; i += Batch)
        {
            using SqliteTransaction transaction = _adoNet.BeginTransaction();
            insert.Transaction = transaction;

            for (int j = 0; j < Batch; j++)
            {
                StoredEvent added = NewEvent();
                parameters[0].Value = added.Key.ToByteArray(bigEndian: true);
                parameters[3].Value = 1;
                parameters[4].Value = UnixTicks.From(added.Timestamp);
                parameters[5].Value = added.Id;
                parameters[7].Value = added.Type;
                parameters[11].Value = added.IdempotencyKey;
                parameters[13].Value = _data;
                parameters[14].Value = Array.Empty<byte>();
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Task.CompletedTask;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public Task AwaitedAppends() => ProduceAsync(() => _store.AppendAsync(new[] { NewEvent() }).AsTask());

    [Benchmark(OperationsPerInvoke = Events)]
    public Task AwaitedPublishes()
    {
        IWebhookPublisher publisher = _services.GetRequiredService<IWebhookPublisher>();
        return ProduceAsync(() => publisher.PublishAsync(WebhookEvent.For("invoice.paid").WithJson(_data).Build()));
    }

    private static Task ProduceAsync(Func<Task> produce)
    {
        int left = Events;

        return Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await produce();
            }
        })));
    }

    private string Database(string name) => $"Data Source={Path.Combine(_directory.FullName, name)}.db;Pooling=False";

    private async Task<StoreConnection> CreateAsync(string name)
    {
        var file = new StoreFile(Database(name));

        using (var store = new SqliteWebhookStore(file, TimeProvider.System))
        {
            await store.OpenAsync();
        }

        return StoreConnection.Open(file.ConnectionString, TimeProvider.System);
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _adoNet.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private StoredEvent NewEvent()
    {
        var key = Guid.CreateVersion7();
        string id = $"evt_{key:N}";
        return new StoredEvent { Key = key, Id = id, Type = "invoice.paid", Timestamp = TimeProvider.System.GetUtcNow(), Data = _data, IdempotencyKey = id };
    }
}
