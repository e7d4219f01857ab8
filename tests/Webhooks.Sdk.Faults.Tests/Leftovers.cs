using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// What sends could leave behind in the process.
/// </summary>
/// <param name="Sockets">Open sockets, counted where the system shows them.</param>
/// <param name="Timers">Running timers: a deadline that nobody ended.</param>
internal sealed record Leftovers(int Sockets, long Timers)
{
    private const string OpenFiles = "/proc/self/fd";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Leftovers Count() => new(CountSockets(), Timer.ActiveCount);

    /// <summary>Counts again until no more is left than before, or patience is at its end.</summary>
    public static async Task<Leftovers> SettleAsync(Leftovers before)
    {
        long start = Stopwatch.GetTimestamp();
        Leftovers now;

        do
        {
            // Finalizers close what was forgotten, and report the exceptions that nobody looked at.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
            now = Count();
        }
        while ((now.Sockets > before.Sockets || now.Timers > before.Timers) && Stopwatch.GetElapsedTime(start) < Patience);

        return new(Math.Max(now.Sockets, before.Sockets), Math.Max(now.Timers, before.Timers));
    }

    private static int CountSockets() => Directory.Exists(OpenFiles)
        ? Directory.EnumerateFiles(OpenFiles).Count(static file => IsSocket(file))
        : 0;

    private static bool IsSocket(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
