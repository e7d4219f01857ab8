using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// What a store can do. Instances are immutable.
/// </summary>
[Experimental("WHKEXP001")]
public sealed record WebhookStoreCapabilities
{
    /// <summary>Gets the name of the store, for people: <c>memory</c>, <c>SQLite</c>, <c>PostgreSQL</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets whether what is stored survives the process.</summary>
    public required bool IsDurable { get; init; }

    /// <summary>Gets whether several processes share the store.</summary>
    public bool IsMultiProcess { get; init; }

    /// <summary>Gets whether events can be written in the caller's transaction.</summary>
    public bool HasTransactions { get; init; }

    /// <summary>Gets the most rows that the dispatcher should hand over at once.</summary>
    /// <value>The default value is 512.</value>
    public int MaxBatch { get; init; } = 512;
}
