using System.Collections.Generic;
using System.Threading;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>An event type as it is registered: with its source and predicate.</summary>
internal abstract class RegisteredEventType(WebhookEventType type)
{
    public WebhookEventType Type { get; } = type;

    public abstract bool HasSource { get; }

    /// <summary>Reads events that the predicate lets pass.</summary>
    /// <exception cref="System.InvalidOperationException">The type has no source.</exception>
    public abstract IAsyncEnumerable<WebhookEvent> ReadAsync(WebhookEventContext context, CancellationToken cancellationToken);
}
