using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Publishes by rows that somebody else writes, into the table of a store.
/// </summary>
internal sealed class RowPublisher(EventTypeCatalog types, OutboxWriter writer, IWebhookEventTable table)
{
    public IWebhookEventTable Table => table;

    /// <summary>Makes an event, and what is stored of it; null when the predicate of its type says no.</summary>
    public (WebhookEvent Event, StoredEvent Stored)? Make(WebhookPublication publication)
    {
        if (publication.Content is not ReadyContent content)
        {
            throw new ArgumentException(
                "A record is loaded by the source of its event type, which would not see what has not been saved yet. Publish the data itself, or save first and use IWebhookPublisher.PublishRecordAsync in the same transaction.",
                nameof(publication));
        }

        if (publication.Transaction is not null)
        {
            throw new ArgumentException(
                "The publication has a transaction of its own, but the event is written in that of SaveChanges. Leave Transaction out.", nameof(publication));
        }

        return content.MakeEvent(types) is { } webhookEvent ? (webhookEvent, StoredEvents.Write(publication, webhookEvent)) : null;
    }

    /// <summary>Makes ready for rows: the store is open, and the connection is one of its database.</summary>
    /// <exception cref="ArgumentException">It is not; the message names both.</exception>
    public async ValueTask PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await writer.OpenAsync(cancellationToken).ConfigureAwait(false);
        table.Check(connection);
    }

    /// <summary>Says that rows were written, in a transaction that is not over yet unless it is null.</summary>
    public void Written(DbTransaction? transaction)
    {
        table.Wake(transaction);
        writer.WarnWithoutDispatcher();
    }
}
