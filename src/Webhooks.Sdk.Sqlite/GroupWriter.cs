using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// The one writer of a process: a thread that writes in one transaction whatever has come in during the last.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private const int MaxGroup = 1024;

    /// <summary>How often others' commits are looked for, while somebody waits for them.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(25);

    private readonly StoreConnection _connection;
    private readonly GroupTransaction _transaction;
    private readonly Action _othersCommitted;
    private readonly Thread _thread;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Lock _lock = new();
    private List<WriteIntent> _queue = [];
    private List<WriteIntent> _taken = [];
    private long _dataVersion;
    private int _watchers;
    private bool _hasFreePages;
    private bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="connection">Its connection from now on.</param>
    /// <param name="othersCommitted">What is called, by the thread, when it sees that another connection has committed.</param>
    public GroupWriter(StoreConnection connection, Action othersCommitted)
    {
        _connection = connection;
        _transaction = new GroupTransaction(connection);
        _othersCommitted = othersCommitted;
        _dataVersion = connection.ReadNumber(Sql.DataVersion) ?? 0;
        _thread = new Thread(Run) { IsBackground = true, Name = "Webhooks.Sdk.Sqlite writer" };
        _thread.Start();
    }

    /// <summary>Gets how many transactions were committed.</summary>
    public long Commits => _transaction.Commits;

    /// <summary>Writes in the next transaction.</summary>
    /// <returns>A task that ends when what was written is durable.</returns>
    public Task<T> WriteAsync<T>(Func<StoreConnection, T> write, CancellationToken cancellationToken)
    {
        var intent = new WriteIntent<T>(write, cancellationToken);

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopping, typeof(SqliteWebhookStore));
            _queue.Add(intent);

            if (_queue.Count > 1)
            {
                return intent.Task;
            }
        }

        _wake.Set();
        return intent.Task;
    }

    /// <summary>Looks for others' commits until <see cref="EndWatching"/>.</summary>
    public void BeginWatching()
    {
        if (Interlocked.Increment(ref _watchers) == 1)
        {
            _wake.Set();
        }
    }

    public void EndWatching() => Interlocked.Decrement(ref _watchers);

    /// <summary>Gives free pages back to the file system as soon as there is nothing else to do.</summary>
    public void GivePagesBack()
    {
        Volatile.Write(ref _hasFreePages, true);
        _wake.Set();
    }

    /// <summary>Writes what is queued, ends the thread, and closes the connection.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
        }

        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            bool isStopping;

            lock (_lock)
            {
                (_queue, _taken) = (_taken, _queue);
                isStopping = _isStopping;
            }

            for (int i = 0; i < _taken.Count; i += MaxGroup)
            {
                _transaction.Write(_taken.GetRange(i, Math.Min(MaxGroup, _taken.Count - i)));
            }

            bool isIdle = _taken.Count == 0;
            _taken.Clear();

            if (isIdle && isStopping)
            {
                return;
            }

            LookUp(isIdle);
        }
    }

    private void LookUp(bool isIdle)
    {
        bool isWatched = Volatile.Read(ref _watchers) > 0;

        try
        {
            if (isWatched && _connection.ReadNumber(Sql.DataVersion) is { } version && version != _dataVersion)
            {
                _dataVersion = version;
                _othersCommitted();
            }

            if (isIdle && Volatile.Read(ref _hasFreePages))
            {
                // In slices, each a transaction of its own: whoever writes meanwhile waits for one of them at most.
                _connection.Run(Sql.GivePagesBack);
                _hasFreePages = _connection.ReadNumber(Sql.FreePages) > 0;
                return;
            }
        }
        catch (WebhookStoreException)
        {
            // Nobody waits for this, and whoever writes next is told. The pages are asked for again after the next purge.
            _hasFreePages = false;
        }

        if (isIdle)
        {
            _wake.WaitOne(isWatched ? WatchInterval : Timeout.InfiniteTimeSpan);
        }
    }
}
