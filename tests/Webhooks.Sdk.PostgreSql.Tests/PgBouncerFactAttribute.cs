using System;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The one test behind PgBouncer that is there without it: it is skipped then and says so, or fails where WEBHOOKS_REQUIRE_PGBOUNCER is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PgBouncerFactAttribute : FactAttribute
{
    public PgBouncerFactAttribute()
    {
        if (PgBouncer.Missing is { } missing)
        {
            DisplayName = $"All tests behind PgBouncer: {missing}";
            Skip = ServerFactAttribute.WhySkipped(missing, Environment.GetEnvironmentVariable("WEBHOOKS_REQUIRE_PGBOUNCER"));
        }
    }
}
