using System;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Registration;

namespace Webhooks.Sdk;

/// <summary>
/// Adds endpoints by name.
/// </summary>
public static class EndpointWebhooksBuilderExtensions
{
    /// <summary>
    /// Adds an endpoint, which <see cref="IWebhookEndpoints.Get"/> gives by its name. Called again for the same name, it registers nothing twice and still
    /// applies <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="name">
    /// 1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>, not <c>skalin</c> or <c>harmony</c>; upper and lower case differ. Enqueued requests are stored by it, so it
    /// should last.
    /// </param>
    /// <param name="configure">Sets options; <see cref="WebhookEndpointOptions.Url"/> is required.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddEndpoint(this IWebhooksBuilder builder, string name, Action<WebhookEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(name, configure);
        return Add(builder, name);
    }

    /// <summary>
    /// Adds an endpoint with options bound from <paramref name="configuration"/>, for example <c>GetSection("Webhooks:Acme")</c>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="name">
    /// 1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>, not <c>skalin</c> or <c>harmony</c>; upper and lower case differ. Enqueued requests are stored by it, so it
    /// should last.
    /// </param>
    /// <param name="configuration">A section with the names of <see cref="WebhookEndpointOptions"/>. A change of it is seen by the next attempt.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddEndpoint(this IWebhooksBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configuration);

        builder.Services.Configure<WebhookEndpointOptions>(name, configuration);
        return Add(builder, name);
    }

    /// <summary>
    /// Adds an endpoint for each child of <paramref name="configuration"/>, by the child's key. The names are read now; what they stand for may change later.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="configuration">A section whose children have the names of <see cref="WebhookEndpointOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configuration"/> is null.</exception>
    /// <exception cref="ArgumentException">A child's key is not a name that <c>AddEndpoint</c> takes.</exception>
    public static IWebhooksBuilder AddEndpoints(this IWebhooksBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);

        foreach (IConfigurationSection endpoint in configuration.GetChildren())
        {
            builder.AddEndpoint(endpoint.Key, endpoint);
        }

        return builder;
    }

    private static IWebhooksBuilder Add(IWebhooksBuilder builder, string name)
    {
        builder.Services.AddNamedEndpoint<WebhookEndpointOptions>(name, name, OptionsEndpoint.Create);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<WebhookEndpointOptions>, WebhookEndpointOptionsValidator>());
        return builder;
    }

    private static void ValidateName(string name)
    {
        RegisteredName.Validate(name, "an endpoint");

        if (name is SkalinWebhooksBuilderExtensions.DefaultEndpointName or HarmonyWebhooksBuilderExtensions.DefaultEndpointName)
        {
            throw new ArgumentException($"The name '{name}' is that of a provider's account; use another one, or add the account.", nameof(name));
        }
    }
}
