namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Where a test keeps things.</summary>
public enum DatabaseKind
{
    Sqlite,

    PostgreSql,
}
