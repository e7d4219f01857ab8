using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>Data of an event type.</summary>
internal sealed class DataContent<T>(WebhookEventType<T> type, T data) : PublicationContent
{
    public override ValueTask<WebhookEvent?> MakeEventAsync(EventTypeCatalog types, DbTransaction? transaction, CancellationToken cancellationToken) =>
        types.Find(type.Name) is RegisteredEventType<T> registered && !registered.IsWanted(data)
            ? default
            : new(WebhookEvent.Create(type.Name, data, type.JsonTypeInfo));
}
