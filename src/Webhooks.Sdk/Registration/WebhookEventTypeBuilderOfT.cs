using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk;

/// <summary>
/// Configures an event type while it is registered, in <c>AddEventType</c>. Used once and by one thread.
/// </summary>
/// <typeparam name="T">The type of the data.</typeparam>
public sealed class WebhookEventTypeBuilder<T>
{
    private readonly IServiceCollection _services;
    private Func<T, bool>? _predicate;
    private Func<IServiceProvider, WebhookEventContext, CancellationToken, IAsyncEnumerable<T>>? _source;

    internal WebhookEventTypeBuilder(IServiceCollection services)
    {
        _services = services;
    }

    /// <summary>Sets what makes the data of deliveries by record and of samples.</summary>
    /// <typeparam name="TSource">A source. It is registered as scoped, unless it is registered already.</typeparam>
    /// <returns>This builder.</returns>
    public WebhookEventTypeBuilder<T> WithSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, IWebhookEventSource<T>
    {
        _services.TryAddScoped<TSource>();
        _source = ReadAsync<TSource>;
        return this;
    }

    /// <summary>Sets which data is worth an event; called again, both must agree.</summary>
    /// <param name="predicate">Looks at the data, and at nothing else.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is null.</exception>
    public WebhookEventTypeBuilder<T> When(Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        _predicate = _predicate is { } first ? data => first(data) && predicate(data) : predicate;
        return this;
    }

    internal RegisteredEventType Build(WebhookEventType<T> type, IServiceProvider provider) =>
        new RegisteredEventType<T>(type, _predicate, _source is { } source ? (context, token) => source(provider, context, token) : null);

    private static async IAsyncEnumerable<T> ReadAsync<TSource>(
        IServiceProvider provider, WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TSource : class, IWebhookEventSource<T>
    {
        AsyncServiceScope scope = provider.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await foreach (T data in scope.ServiceProvider.GetRequiredService<TSource>()
                .ReadAsync(context, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return data;
            }
        }
    }
}
