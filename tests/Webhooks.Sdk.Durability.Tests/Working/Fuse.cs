using System.Diagnostics;
using System.Threading;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>
/// Kills this process, as <c>kill -9</c> does, when it is at a point for the n-th time.
/// </summary>
internal sealed class Fuse
{
    private volatile Armed? _armed;

    /// <summary>Sets where and when.</summary>
    public void Arm(FailurePoint point, int times, int spins) => _armed = new Armed(point, times, spins);

    /// <summary>Whether this is the point and the time.</summary>
    public bool IsOver(FailurePoint point) => _armed is { } armed && armed.Point == point && Interlocked.Decrement(ref armed.Left) == 0;

    public void Burn()
    {
        // A moment that is different each time: what was begun just before is torn somewhere.
        Thread.SpinWait(_armed?.Spins ?? 0);
        using Process self = Process.GetCurrentProcess();
        self.Kill();

        using var never = new ManualResetEvent(initialState: false);
        never.WaitOne();
    }

    private sealed class Armed(FailurePoint point, int times, int spins)
    {
        public int Left = times;

        public FailurePoint Point { get; } = point;

        public int Spins { get; } = spins;
    }
}
