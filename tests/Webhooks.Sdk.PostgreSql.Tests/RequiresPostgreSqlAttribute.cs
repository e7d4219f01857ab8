using System;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Webhooks.Sdk.PostgreSql.Tests;

[assembly: RequiresPostgreSql]

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The tests of this project need a server.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RequiresPostgreSqlAttribute : StoreRequirementAttribute
{
    public override string? Missing => PostgreSqlServer.Missing;
}
