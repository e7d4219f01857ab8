using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>A finished event.</summary>
internal sealed class EventContent : PublicationContent
{
    private readonly WebhookEvent _event;

    public EventContent(WebhookEvent webhookEvent)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        _event = webhookEvent;
    }

    public override ValueTask<WebhookEvent?> MakeEventAsync(EventTypeCatalog types, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        types.Find(_event.Type);
        return new(_event);
    }
}
