using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Events to be stored together, and whoever waits until they are durable.</summary>
internal sealed class AppendIntent(StoredEvent[] events, CancellationToken cancellationToken)
{
    // A writer must not run what comes after its callers' await.
    private readonly TaskCompletionSource<IReadOnlyList<StoredEvent>> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoredEvent[] Events => events;

    public Task<IReadOnlyList<StoredEvent>> Task => _durable.Task;

    /// <summary>Ends the intent if its caller has given it up.</summary>
    public bool TryCancel() => cancellationToken.IsCancellationRequested && _durable.TrySetCanceled(cancellationToken);

    public void Complete(IReadOnlyList<StoredEvent> stored) => _durable.SetResult(stored);

    public void Fail(Exception exception) => _durable.SetException(exception);
}
