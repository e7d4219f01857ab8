using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks.Sdk;

/// <summary>
/// Configures durable delivery.
/// </summary>
public static class OutboxWebhooksBuilderExtensions
{
    /// <summary>Registers an event type, so that it can be subscribed to. From the first one on, types that are not registered cannot be published.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="type">The event type; each name once.</param>
    /// <param name="configure">Sets source and predicate, or null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="type"/> is null.</exception>
    public static IWebhooksBuilder AddEventType<T>(
        this IWebhooksBuilder builder, WebhookEventType<T> type, Action<WebhookEventTypeBuilder<T>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(type);

        var configured = new WebhookEventTypeBuilder<T>(builder.Services);
        configure?.Invoke(configured);
        builder.Services.AddSingleton(provider => configured.Build(type, provider));
        return builder;
    }

    /// <summary>Sets the options of durable delivery.</summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IWebhooksBuilder ConfigureOutbox(this IWebhooksBuilder builder, Action<WebhookOutboxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Sets the keys that secrets and enqueued requests are sealed with where they are stored: AES-GCM.</summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="keys">The keys, the newest first; old ones stay as long as something is sealed under them.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">There is no key, or an id comes twice.</exception>
    public static IWebhooksBuilder UseSealingKeys(this IWebhooksBuilder builder, params IEnumerable<WebhookSealingKey> keys)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.Replace(ServiceDescriptor.Singleton<IWebhookSealer>(new WebhookKeySealer(keys)));
        return builder;
    }
}
