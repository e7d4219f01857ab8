using System;
using System.Globalization;

namespace Webhooks.Sdk.PostgreSql.Tests;

internal static class GuidExtensions
{
    /// <summary>Gives the day on which a UUID of version 7 was made, as partitions are named by it.</summary>
    public static string ToDay(this Guid key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(key.ToString("N")[..12], 16)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
