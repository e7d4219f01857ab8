using System;
using System.Runtime.InteropServices;
using Perfolizer.Horology;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Counts the time that the current thread ran on a processor. Unlike the time of day it does not count what other programs took, so it can be
/// trusted on a machine that is not quiet. Linux only.
/// </summary>
internal sealed partial class ThreadCpuClock : IClock
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private const int ClockThreadCpuTimeId = 3;

    private const long NanosecondsPerSecond = 1_000_000_000;

    private ThreadCpuClock()
    {
    }

    public static ThreadCpuClock Instance { get; } = new();

    public string Title => "thread CPU time";

    public bool IsAvailable => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    public Frequency Frequency { get; } = new(NanosecondsPerSecond);

    public long GetTimestamp()
    {
        if (GetTime(ClockThreadCpuTimeId, out TimeSpec time) != 0)
        {
            throw new InvalidOperationException("The clock of the thread's CPU time cannot be read.");
        }

        return (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
