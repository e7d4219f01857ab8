using System;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>Where an application keeps its events: what a process can be told.</summary>
internal sealed record StoreAddress(string Kind, string Target)
{
    private const string Sqlite = "sqlite";
    private const string PostgreSql = "postgresql";
    private const string NextPostgreSql = "next-postgresql";

    public static StoreAddress OfSqlite(string path) => new(Sqlite, path);

    public static StoreAddress OfPostgreSql(string connectionString) => new(PostgreSql, connectionString);

    /// <summary>The same, by a version of the store that has more columns.</summary>
    public static StoreAddress OfNextPostgreSql(string connectionString) => new(NextPostgreSql, connectionString);

    public IWebhooksBuilder Use(IWebhooksBuilder builder) => Kind switch
    {
        Sqlite => builder.UseSqlite($"Data Source={Target}"),
        PostgreSql => builder.UsePostgreSql(NpgsqlDataSource.Create(Target), static options => options.AllowUnsealed = true),
        NextPostgreSql => NextVersion.Use(builder, NpgsqlDataSource.Create(Target), static options => options.AllowUnsealed = true),
        _ => throw new InvalidOperationException($"There is no store '{Kind}'."),
    };

    /// <summary>Makes a connection of the application's own.</summary>
    public DbConnection Connect() => Kind == Sqlite ? new SqliteConnection($"Data Source={Target};Pooling=False") : new NpgsqlConnection($"{Target};Pooling=False");
}
