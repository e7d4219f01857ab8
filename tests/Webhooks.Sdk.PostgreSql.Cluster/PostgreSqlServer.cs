using System;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>The server that the tests of a process share: the one that is given by the environment, or one that is started at first use.</summary>
public static class PostgreSqlServer
{
    private const string Variable = "WEBHOOKS_POSTGRESQL";
    private const string None = "none";

    // Kept for as long as the process lives: a cluster that is collected stops.
    private static readonly Lazy<Task<PostgreSqlCluster>> Started =
        new(static () => PostgreSqlCluster.StartAsync("max_connections=200"));

    /// <summary>Gets why there is no server, or null when there is one.</summary>
    public static string? Missing { get; } = Given switch
    {
        None => $"{Variable} is '{None}': unset it, or set it to a connection string.",
        null when PostgreSqlBinaries.Find() is null =>
            $"PostgreSQL is not installed: install it (apt-get install postgresql), or set {Variable} to a connection string.",
        _ => null,
    };

    private static string? Given => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    public static async Task<string> ConnectionStringAsync() => Given ?? (await Started.Value).ConnectionString;
}
