using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>What an event can be made of at once: nothing has to be read.</summary>
internal abstract class ReadyContent : PublicationContent
{
    /// <inheritdoc cref="PublicationContent.MakeEventAsync"/>
    public abstract WebhookEvent? MakeEvent(EventTypeCatalog types);

    public sealed override ValueTask<WebhookEvent?> MakeEventAsync(
        EventTypeCatalog types, DbTransaction? transaction, CancellationToken cancellationToken) => new(MakeEvent(types));
}
