using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Registers durable delivery: in memory, until a store is chosen.
/// </summary>
internal static class OutboxServices
{
    public static void AddOutbox(this IServiceCollection services)
    {
        services.AddOptions<WebhookOutboxOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOutboxOptions>, WebhookOutboxOptionsValidator>());
        services.TryAddSingleton<EventTypeCatalog>();
        services.TryAddSingleton<IWebhookEventTypes>(static provider => provider.GetRequiredService<EventTypeCatalog>());
        services.TryAddSingleton(static provider => new OutboxEnvironment(provider.GetService<IHostEnvironment>()?.IsProduction() ?? false));
        services.TryAddSingleton(static provider => new InMemoryWebhookStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IWebhookStore>(static provider => provider.GetRequiredService<InMemoryWebhookStore>());
        services.TryAddSingleton<IWebhookStoreOperations>(static provider => (IWebhookStoreOperations)provider.GetRequiredService<IWebhookStore>());
        services.TryAddSingleton<IWebhookSealer, ProcessSealer>();
        services.TryAddSingleton<OutboxOpening>();
        services.TryAddSingleton<DispatcherPresence>();
        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<IWebhookPublisher, WebhookPublisher>();
        services.TryAddSingleton(RowPublisher);
        services.TryAddSingleton<IWebhookOutbox, WebhookOutbox>();
        services.TryAddSingleton<IWebhookSubscriptions, WebhookSubscriptions>();
        services.TryAddSingleton<IWebhookDeliveries, WebhookDeliveries>();
        services.TryAddSingleton<IWebhookEndpointControl, WebhookEndpointControl>();
        services.TryAddSingleton<DispatcherParts>();
        services.TryAddSingleton(static provider => new WebhookDispatcher(provider.GetRequiredService<DispatcherParts>()));
        services.AddHostedService<DispatcherHosting>();
    }

    private static RowPublisher RowPublisher(IServiceProvider provider)
    {
        IWebhookStore store = provider.GetRequiredService<IWebhookStore>();

        return store is IWebhookEventTable table
            ? new RowPublisher(provider.GetRequiredService<EventTypeCatalog>(), provider.GetRequiredService<OutboxWriter>(), table)
            : throw new InvalidOperationException(
                $"Events cannot be written together with other data: the store '{store.Capabilities.Name}' has no table for them. Keep events in the application's own database: AddWebhooks().UseSqlite(…) or .UsePostgreSql(…).");
    }
}
