using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>A record that the source of an event type loads.</summary>
internal sealed class RecordContent(string type, string recordId) : PublicationContent
{
    public override async ValueTask<WebhookEvent?> MakeEventAsync(
        EventTypeCatalog types, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        RegisteredEventType registered = types.Find(type) ?? throw new InvalidOperationException(
            $"The event type {type} is not registered, so no source can load the record. Register it: AddWebhooks().AddEventType(type, type => type.WithSource<TSource>()).");
        var context = new WebhookEventContext { Purpose = WebhookEventPurpose.Delivery, RecordId = recordId, Transaction = transaction };

        await foreach (WebhookEvent webhookEvent in registered.ReadAsync(context, cancellationToken).ConfigureAwait(false))
        {
            return webhookEvent;
        }

        return null;
    }
}
