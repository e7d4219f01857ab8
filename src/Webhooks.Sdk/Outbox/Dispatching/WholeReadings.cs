using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// When it is time to read from the beginning again, for what was committed late: each second, and seldom enough that it never takes more than a fiftieth of
/// the time. Used by one task.
/// </summary>
internal sealed class WholeReadings(TimeProvider timeProvider)
{
    private const int LeastParts = 50;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = ShortestPause;
    private long _begun;

    /// <summary>Whether it is time.</summary>
    public bool IsTime(long timestamp) => timeProvider.GetElapsedTime(_begun, timestamp) >= _pause;

    /// <summary>One begins, at its time or before.</summary>
    public void Begin() => _begun = timeProvider.GetTimestamp();

    /// <summary>It has ended.</summary>
    public void End()
    {
        TimeSpan pause = LeastParts * timeProvider.GetElapsedTime(_begun);
        _pause = pause > ShortestPause ? pause : ShortestPause;
    }
}
