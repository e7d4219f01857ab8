using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Connections that read while the writer writes.
/// </summary>
internal sealed class ReaderPool(Func<StoreConnection> open) : IDisposable
{
    private const int MaxReaders = 4;

    private readonly SemaphoreSlim _free = new(MaxReaders);
    private readonly ConcurrentBag<StoreConnection> _idle = [];

    public async ValueTask<T> ReadAsync<T>(Func<StoreConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            if (!_idle.TryTake(out StoreConnection? connection))
            {
                connection = open();
                connection.RunScript(Sql.ReadOnly);
            }

            try
            {
                return read(connection);
            }
            finally
            {
                _idle.Add(connection);
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out StoreConnection? connection))
        {
            connection.Dispose();
        }

        _free.Dispose();
    }
}
