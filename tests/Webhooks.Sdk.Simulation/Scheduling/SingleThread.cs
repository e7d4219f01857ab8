using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>
/// The pool as a scheduler of one thread: whatever production code hands to it runs one after the other, always in the same order.
/// </summary>
/// <remarks>
/// The project file limits the pool to one thread, so production code needs no seam. Nothing else may use the pool: no socket, no timer of the system.
/// </remarks>
internal static class SingleThread
{
    /// <summary>Runs work on the thread of the pool, and waits for it on the thread of the caller.</summary>
    /// <exception cref="InvalidOperationException">The pool has more than one thread.</exception>
    public static T Run<T>(Func<Task<T>> work)
    {
        ThreadPool.GetMaxThreads(out int threads, out _);

        return threads == 1
            ? Task.Run(work).GetAwaiter().GetResult()
            : throw new InvalidOperationException(
                $"The pool may have {threads} threads, and with more than one no seed replays: start the built program, whose runtimeconfig.json allows one.");
    }

    /// <summary>Waits until nothing is left to run.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask SettleAsync()
    {
        do
        {
            await default(BackOfTheQueue);
        }
        while (ThreadPool.PendingWorkItemCount > 0);
    }
}
