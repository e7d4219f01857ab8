using System;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// Measures what code allocates once it is warm.
/// </summary>
internal static class Allocations
{
    private const int Rounds = 60;

    /// <summary>
    /// The least that a hundred runs allocated, on this thread. The runtime compiles hot code anew in the background, and until then even parts of its own
    /// library box their arguments; how long that takes depends on the machine, so rounds are repeated until one is free of it.
    /// </summary>
    public static long OnceWarm(Action action)
    {
        long least = long.MaxValue;

        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();

            for (int i = 0; i < 100; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
