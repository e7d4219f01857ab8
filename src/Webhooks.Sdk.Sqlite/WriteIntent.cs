using System;
using System.Threading;

namespace Webhooks.Sdk.Sqlite;

/// <summary>Something to be written, and whoever waits until it is durable.</summary>
internal abstract class WriteIntent(CancellationToken cancellationToken)
{
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Writes within a transaction. After a rollback it is called again, and must begin anew.</summary>
    public abstract void Run(StoreConnection connection);

    public abstract void Complete();

    public abstract void Cancel();

    public abstract void Fail(Exception exception);
}
