using System;
using System.Globalization;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Puts limits into statements as literals, which they are planned with.</summary>
internal static class Limit
{
    private const string Placeholder = "LIMIT 512";

    /// <summary>Replaces the limits that stand for the one that is asked for; 0: they stay.</summary>
    public static string In(string sql, int limit) =>
        limit == 0 ? sql : sql.Replace(Placeholder, string.Create(CultureInfo.InvariantCulture, $"LIMIT {limit}"), StringComparison.Ordinal);
}
