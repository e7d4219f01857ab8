using System;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk;

/// <summary>
/// Adds webhooks to an application.
/// </summary>
public static class WebhooksServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IWebhookClient"/>, <see cref="IWebhookEndpoints"/> and <see cref="IWebhookEndpointVerifier"/>. Called again, it registers nothing twice and still applies <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options, or null.</param>
    /// <returns>A builder, to add providers and to configure the HTTP client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IWebhooksBuilder AddWebhooks(this IServiceCollection services, Action<WebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        if (configure is not null)
        {
            services.Configure(configure);
        }

        // Registering the client again would nest its handlers.
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(WebhooksBuilder))?.ImplementationInstance is WebhooksBuilder added)
        {
            return added;
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WebhookOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.TryAddSingleton<WebhookTelemetry>();
        services.TryAddSingleton<EndpointLanes>();
        services.TryAddSingleton<AttemptSender>();
        services.TryAddSingleton<DirectRetries>();
        services.TryAddSingleton<IWebhookClient, WebhookClient>();
        services.TryAddSingleton<IWebhookEndpoints, WebhookEndpoints>();
        services.TryAddSingleton<IWebhookEndpointVerifier, WebhookEndpointVerifier>();
        services.TryAddSingleton<CallbackScreen>();
        services.AddOutbox();

        var builder = new WebhooksBuilder(services, AddHttpClient(services));
        services.AddSingleton(builder);
        return builder;
    }

    /// <summary>
    /// Adds <see cref="IWebhookClient"/> with options bound from <paramref name="configuration"/>, for example <c>GetSection("Webhooks")</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">A section with the names of <see cref="WebhookOptions"/>. A change of it is seen by the next send.</param>
    /// <returns>A builder, to add providers and to configure the HTTP client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="configuration"/> is null.</exception>
    public static IWebhooksBuilder AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.Configure<WebhookOptions>(configuration);
        return services.AddWebhooks();
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services)
    {
        IHttpClientBuilder client = services.AddHttpClient(AttemptSender.HttpClientName);

        // Runs after every host-wide default (ConfigureHttpClientDefaults) and before what a user chains on the builder: defaults that
        // were meant for other clients, a second retry among them, do not reach ours. It is added to the builder's own services because
        // they know where defaults that are added later belong.
        client.Services.Configure<HttpClientFactoryOptions>(AttemptSender.HttpClientName, static options =>
        {
            options.HttpMessageHandlerBuilderActions.Clear();
            options.HttpClientActions.Clear();
        });

        // Runs after everything that a user chains on the builder, wherever: signatures are made last, for each message that goes out.
        services.PostConfigure<HttpClientFactoryOptions>(AttemptSender.HttpClientName, static options =>
            options.HttpMessageHandlerBuilderActions.Add(static handlers =>
            {
                handlers.AdditionalHandlers.Add(new CredentialHandler());
                handlers.AdditionalHandlers.Add(new SigningHandler(handlers.Services.GetRequiredService<TimeProvider>()));
            }));

        return client
            .ConfigurePrimaryHttpMessageHandler(static provider =>
                new WebhookTransport(provider.GetRequiredService<IOptionsMonitor<WebhookOptions>>().CurrentValue))

            // The factory's loggers write whole URLs, which hold the secret of half the providers.
            .RemoveAllLoggers()

            // The transport follows DNS changes by its connections' lifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
