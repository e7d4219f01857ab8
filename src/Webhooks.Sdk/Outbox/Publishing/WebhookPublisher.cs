using System;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

internal sealed class WebhookPublisher(EventTypeCatalog types, OutboxWriter writer) : IWebhookPublisher
{
    public Task<WebhookEvent?> PublishAsync(WebhookPublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        return PublishCoreAsync(publication, cancellationToken);
    }

    private async Task<WebhookEvent?> PublishCoreAsync(WebhookPublication publication, CancellationToken cancellationToken)
    {
        WebhookEvent? webhookEvent =
            await publication.Content.MakeEventAsync(types, publication.Transaction, cancellationToken).ConfigureAwait(false);

        if (webhookEvent is null)
        {
            return null;
        }

        StoredEvent stored = StoredEvents.Write(publication, webhookEvent);
        StoredEvent first = await writer.WriteAsync(stored, publication.Transaction, cancellationToken).ConfigureAwait(false);
        return first.Key == stored.Key ? webhookEvent : StoredEvents.Read(first);
    }
}
