using System;

namespace Webhooks.Sdk.Sqlite;

/// <summary>Times as they are stored: 100 nanoseconds since 1970 in UTC, so that nothing is rounded.</summary>
internal static class UnixTicks
{
    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static long? From(DateTimeOffset? time) => time is { } given ? From(given) : null;

    public static DateTimeOffset ToTime(long ticks) => new(ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
