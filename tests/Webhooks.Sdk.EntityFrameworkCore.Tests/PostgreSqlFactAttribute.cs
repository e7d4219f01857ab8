using System;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>A test of PostgreSQL only: skipped where it is not installed, but where WEBHOOKS_REQUIRE_POSTGRESQL is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute()
    {
        Skip = Environment.GetEnvironmentVariable("WEBHOOKS_REQUIRE_POSTGRESQL") == "1" ? null : PostgreSqlServer.Missing;
    }
}
