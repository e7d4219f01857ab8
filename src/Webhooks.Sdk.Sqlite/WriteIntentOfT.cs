using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <summary>Something to be written that gives an answer.</summary>
internal sealed class WriteIntent<T>(Func<StoreConnection, T> write, CancellationToken cancellationToken) : WriteIntent(cancellationToken)
{
    // The writer's thread must not run what comes after its callers' await.
    private readonly TaskCompletionSource<T> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Task => _durable.Task;

    public override void Run(StoreConnection connection) => _answer = write(connection);

    public override void Complete() => _durable.SetResult(_answer!);

    public override void Cancel() => _durable.SetCanceled(CancellationToken);

    public override void Fail(Exception exception) => _durable.SetException(exception);
}
