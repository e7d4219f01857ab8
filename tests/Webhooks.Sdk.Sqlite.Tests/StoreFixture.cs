using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>An open store in a directory of its own.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly bool _ownsDirectory;

    private StoreFixture(TemporaryDirectory directory, bool ownsDirectory, TimeProvider timeProvider)
    {
        Directory = directory;
        _ownsDirectory = ownsDirectory;
        Store = new SqliteWebhookStore(new StoreFile(directory.ConnectionString), timeProvider);
    }

    public TemporaryDirectory Directory { get; }

    public SqliteWebhookStore Store { get; }

    public static async Task<StoreFixture> OpenAsync(TemporaryDirectory? directory = null, TimeProvider? timeProvider = null)
    {
        var fixture = new StoreFixture(directory ?? new TemporaryDirectory(), directory is null, timeProvider ?? TimeProvider.System);
        await fixture.Store.OpenAsync();
        return fixture;
    }

    public static StoredEvent NewEvent(int bytes = 100)
    {
        var key = Guid.CreateVersion7();

        return new StoredEvent
        {
            Key = key,
            Id = $"evt_{key:N}",
            Type = "invoice.paid",
            Timestamp = DateTimeOffset.UnixEpoch,
            Data = Encoding.UTF8.GetBytes($"\"{new string('x', bytes)}\""),
            IdempotencyKey = $"evt_{key:N}",
        };
    }

    public async Task<StoredEvent> AppendAsync(int bytes = 100)
    {
        StoredEvent added = NewEvent(bytes);
        await Store.AppendAsync(new[] { added });
        return added;
    }

    /// <summary>Runs statements on the writer's connection, which settings of a connection are made on.</summary>
    public Task<long?> OnWriterAsync(string script, string? question = null) =>
        Store.Writer.WriteAsync(
            connection =>
            {
                connection.RunScript(script);
                return question is null ? null : connection.ReadNumber(question);
            },
            CancellationToken.None);

    /// <summary>Holds the writer in a transaction until the returned event is set.</summary>
    public async Task<ManualResetEventSlim> HoldWriterAsync()
    {
        var release = new ManualResetEventSlim();
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Store.Writer.WriteAsync(
            _ =>
            {
                isHeld.TrySetResult();
                release.Wait(TimeSpan.FromSeconds(30));
                return 0;
            },
            CancellationToken.None);
        await isHeld.Task;
        return release;
    }

    public async Task<string[]> PendingAsync() => [.. (await Store.ReadPendingAsync(100_000)).Select(pending => pending.Event.Id)];

    public void Dispose()
    {
        Store.Dispose();

        if (_ownsDirectory)
        {
            Directory.Dispose();
        }
    }
}
