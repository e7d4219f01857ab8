using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// When it is time to read from the beginning again, for what was committed late: each second, or as seldom as it takes not more than a fiftieth of the time, but at
/// least every five minutes. Used by one task.
/// </summary>
internal sealed class WholeReadings(TimeProvider timeProvider)
{
    private const int LeastParts = 50;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // A busy machine is no reason to be late: what takes a tenth of a second has much to pass.
    private static readonly TimeSpan CostlyPause = TimeSpan.FromSeconds(5);

    private TimeSpan _pause = ShortestPause;
    private long _begun;

    /// <summary>Gets whether the last one took so long that the next is put off, even when there is nothing else to do.</summary>
    public bool IsCostly => _pause > CostlyPause;

    /// <summary>Whether it is time.</summary>
    public bool IsTime(long timestamp) => timeProvider.GetElapsedTime(_begun, timestamp) >= _pause;

    /// <summary>One begins, at its time or before.</summary>
    public void Begin() => _begun = timeProvider.GetTimestamp();

    /// <summary>It has ended.</summary>
    public void End()
    {
        TimeSpan pause = LeastParts * timeProvider.GetElapsedTime(_begun);
        _pause = pause < ShortestPause ? ShortestPause : pause < LongestPause ? pause : LongestPause;
    }
}
