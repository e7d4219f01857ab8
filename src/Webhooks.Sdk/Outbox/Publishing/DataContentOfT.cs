using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>Data of an event type.</summary>
internal sealed class DataContent<T>(WebhookEventType<T> type, T data) : ReadyContent
{
    public override WebhookEvent? MakeEvent(EventTypeCatalog types) =>
        types.Find(type.Name) is RegisteredEventType<T> registered && !registered.IsWanted(data)
            ? null
            : WebhookEvent.Create(type.Name, data, type.JsonTypeInfo);
}
