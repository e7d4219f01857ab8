namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// Where an application keeps its events.
/// </summary>
public enum DeliveryStore
{
    /// <summary>In memory: what the rest of the engine costs.</summary>
    InMemory,

    /// <summary>In a SQLite file that survives the loss of power.</summary>
    Sqlite,

    /// <summary>In a PostgreSQL server on this machine.</summary>
    PostgreSql,
}
