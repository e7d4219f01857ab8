using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>What is in hand of one endpoint, and how it fares. Guarded by <see cref="WorkInHand"/>.</summary>
internal sealed class EndpointQueue(string key, bool ordered)
{
    /// <summary>So many failures in a row make an endpoint sick: it is asked with one delivery at a time.</summary>
    public const int SickAfter = 5;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    public string Key { get; } = key;

    public bool Ordered { get; } = ordered;

    /// <summary>Gets what waits for its attempt; the rest of <see cref="InHand"/> is under way or about to be committed.</summary>
    public Queue<WorkItem> Waiting { get; } = new();

    public int InHand { get; set; }

    public int UnderWay { get; set; }

    public bool IsReady { get; set; }

    public int FailuresInARow { get; private set; }

    public long RestsUntil { get; private set; }

    public bool IsSick => FailuresInARow >= SickAfter;

    public int ConcurrencyOf(int most) => Ordered || IsSick ? 1 : most;

    public void Note(bool succeeded, TimeProvider timeProvider)
    {
        FailuresInARow = succeeded ? 0 : FailuresInARow + 1;

        if (IsSick)
        {
            // 1, 2, 4, … seconds between two questions whether it is well again.
            var rest = TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, Math.Min(FailuresInARow - SickAfter, 16))));
            RestsUntil = timeProvider.GetTimestamp() + (long)(rest.TotalSeconds * timeProvider.TimestampFrequency);
        }
    }
}
