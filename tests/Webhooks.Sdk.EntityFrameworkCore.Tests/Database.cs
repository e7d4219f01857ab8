namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>What the shop and its events are kept in.</summary>
public enum Database
{
    Sqlite,
    PostgreSql,
}
