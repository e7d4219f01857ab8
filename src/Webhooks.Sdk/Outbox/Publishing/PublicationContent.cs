using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>What a publication is made of.</summary>
internal abstract class PublicationContent
{
    /// <summary>Makes the event, or null when there is nothing to tell.</summary>
    /// <exception cref="System.InvalidOperationException">The event type is not registered, but others are.</exception>
    public abstract ValueTask<WebhookEvent?> MakeEventAsync(EventTypeCatalog types, DbTransaction? transaction, CancellationToken cancellationToken);
}
