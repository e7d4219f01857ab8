using System;
using System.Collections.Generic;
using System.Reflection;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit.Sdk;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Runs a test on every database that this machine has: always SQLite, and PostgreSQL where it is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        PostgreSqlServer.Missing is null ? [[DatabaseKind.Sqlite], [DatabaseKind.PostgreSql]] : [[DatabaseKind.Sqlite]];
}
