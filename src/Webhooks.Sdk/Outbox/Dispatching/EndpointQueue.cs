using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>What is in hand of one endpoint, and how it fares. Guarded by <see cref="WorkInHand"/>.</summary>
internal sealed class EndpointQueue(string key)
{
    /// <summary>So many failures in a row make an endpoint sick: it is asked with one delivery at a time.</summary>
    public const int SickAfter = 5;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    public string Key { get; } = key;

    /// <summary>Gets or sets whether its deliveries keep their order.</summary>
    public bool Ordered { get; set; }

    /// <summary>Gets what waits for its attempt; the rest of <see cref="InHand"/> is under way or about to be committed.</summary>
    public Queue<WorkItem> Waiting { get; } = new();

    public int InHand { get; set; }

    public int UnderWay { get; set; }

    public bool IsReady { get; set; }

    public int FailuresInARow { get; private set; }

    public long RestsUntil { get; private set; }

    public bool IsSick => FailuresInARow >= SickAfter;

    /// <summary>Gets or sets how many attempts the endpoint itself allows at once, or null.</summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>Gets until when the endpoint gives no turn: its rate, or its circuit breaker.</summary>
    public long PutOffUntil { get; private set; }

    /// <summary>
    /// Gets how many deliveries are taken in hand at once of an endpoint that gave one no turn: it follows what the endpoint takes. Null: it takes what there is.
    /// </summary>
    public int? Pace { get; private set; }

    public int ConcurrencyOf(int most) => Ordered || IsSick ? 1 : Math.Min(most, MaxConcurrency ?? most);

    /// <summary>Notes until when the endpoint gives no turn.</summary>
    public void PutOff(long until) => PutOffUntil = Math.Max(PutOffUntil, until);

    /// <summary>Notes that a delivery had no turn.</summary>
    public void SlowDown() => Pace = Math.Max(1, (Pace ?? 1) / 2);

    /// <summary>Notes that an attempt was made.</summary>
    /// <param name="most">The pace above which none need be kept.</param>
    public void SpeedUp(int most) => Pace = Pace + 1 is { } next && next < most ? next : null;

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
