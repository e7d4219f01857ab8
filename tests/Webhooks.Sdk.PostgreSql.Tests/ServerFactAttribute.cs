using System;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The one test that is there without a server: it is skipped then and says so, or fails where WEBHOOKS_REQUIRE_POSTGRESQL is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ServerFactAttribute : FactAttribute
{
    public ServerFactAttribute()
    {
        if (PostgreSqlServer.Missing is { } missing)
        {
            DisplayName = $"All tests of the PostgreSQL store: {missing}";
            Skip = WhySkipped(missing, Environment.GetEnvironmentVariable("WEBHOOKS_REQUIRE_POSTGRESQL"));
        }
    }

    /// <summary>Gives why the test is skipped, or null where it shall fail.</summary>
    public static string? WhySkipped(string missing, string? required) => required == "1" ? null : missing;
}
