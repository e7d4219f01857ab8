using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// The table of a store's events, for whoever writes them as plain rows together with other data: Entity Framework Core in its SaveChanges.
/// </summary>
/// <remarks>
/// Implemented by stores in which a plain INSERT of <see cref="Columns"/> publishes an event: what else a row needs, the database adds by itself. A row whose
/// owner and idempotency key are known already must not fail the transaction that it is written in; it is not delivered. Implementations are thread-safe.
/// </remarks>
[Experimental("WHKEXP001")]
public interface IWebhookEventTable
{
    /// <summary>Gets the name of the table.</summary>
    string Name { get; }

    /// <summary>Gets the schema that the table is in, or null where there are none.</summary>
    string? Schema { get; }

    /// <summary>Gets the columns that are written, the key among them.</summary>
    IReadOnlyList<WebhookEventColumn> Columns { get; }

    /// <summary>Refuses a connection over which no event can be published. Called when the store is open, before anything is written.</summary>
    /// <param name="connection">The connection that rows are to be written over, open or closed. It is left as it was.</param>
    /// <exception cref="ArgumentException">The connection is not of the store's provider, or of another database; the message names both.</exception>
    void Check(DbConnection connection);

    /// <summary>Wakes whoever waits for work, since rows were committed; or, when they are not yet, once they may be.</summary>
    /// <param name="transaction">The transaction that the rows were written in, if it is not over; null: they are committed.</param>
    void Wake(DbTransaction? transaction);
}
