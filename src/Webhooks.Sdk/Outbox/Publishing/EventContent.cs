using System;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>A finished event.</summary>
internal sealed class EventContent : ReadyContent
{
    private readonly WebhookEvent _event;

    public EventContent(WebhookEvent webhookEvent)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        _event = webhookEvent;
    }

    public override WebhookEvent MakeEvent(EventTypeCatalog types)
    {
        types.Find(_event.Type);
        return _event;
    }
}
