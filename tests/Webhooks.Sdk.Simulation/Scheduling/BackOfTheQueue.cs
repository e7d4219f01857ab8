using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>Awaited, it goes on behind everything that the pool has been asked to run by now.</summary>
internal readonly struct BackOfTheQueue : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public BackOfTheQueue GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    // The thread's own queue is emptied before the common one, so everything local has run by then.
    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
}
