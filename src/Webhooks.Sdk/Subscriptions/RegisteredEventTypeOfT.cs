using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Subscriptions;

/// <param name="type">The event type.</param>
/// <param name="predicate">Says which data is worth an event; null: all.</param>
/// <param name="source">Reads data, or null: there is no source.</param>
internal sealed class RegisteredEventType<T>(
    WebhookEventType<T> type, Func<T, bool>? predicate, Func<WebhookEventContext, CancellationToken, IAsyncEnumerable<T>>? source)
    : RegisteredEventType(type)
{
    public override bool HasSource => source is not null;

    public bool IsWanted(T data) => predicate is null || predicate(data);

    public override async IAsyncEnumerable<WebhookEvent> ReadAsync(
        WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (source is null)
        {
            throw new InvalidOperationException(
                $"The event type {type.Name} has no source. Give it one: AddEventType(type, type => type.WithSource<TSource>()), or publish the data itself.");
        }

        await foreach (T data in source(context, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (IsWanted(data))
            {
                yield return WebhookEvent.Create(type.Name, data, type.JsonTypeInfo);
            }
        }
    }
}
