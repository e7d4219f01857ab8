using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>Says for how long a delivery is put off that its endpoint's limits or circuit breaker give no turn.</summary>
internal static class PutOff
{
    /// <summary>Where it depends on attempts that are under way: of somebody else, who does not tell when they end.</summary>
    public static readonly TimeSpan WhenUnknown = TimeSpan.FromSeconds(1);

    // Sooner, and the store would be written to more often than the receiver is called.
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    // Later, and a limit that was raised meanwhile would help nobody for up to a day.
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static TimeSpan For(TimeSpan? asked) => asked is not { } wait ? WhenUnknown : wait < Shortest ? Shortest : wait > Longest ? Longest : wait;
}
