using System;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The tests of this class need PgBouncer.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPgBouncerAttribute : StoreRequirementAttribute
{
    public override string? Missing => PgBouncer.Missing;
}
