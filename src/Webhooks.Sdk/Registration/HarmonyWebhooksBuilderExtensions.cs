using System;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Registration;

namespace Webhooks.Sdk;

/// <summary>
/// Adds Divalto Harmony servers.
/// </summary>
public static class HarmonyWebhooksBuilderExtensions
{
    internal const string DefaultEndpointName = "harmony";

    /// <summary>
    /// Adds a Harmony server and <see cref="IHarmonyClient"/> for it. Called again, it registers nothing twice and still applies <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">What <c>services.AddWebhooks()</c> returned.</param>
    /// <param name="configure">Sets options; <see cref="HarmonyOptions.BaseUrl"/> is required.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configure"/> is null.</exception>
    public static IWebhooksBuilder AddHarmony(this IWebhooksBuilder builder, Action<HarmonyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(configure);
        return AddServer(builder);
    }

    /// <summary>
    /// Adds a Harmony server with options bound from <paramref name="configuration"/>, for example <c>GetSection("Harmony")</c>.
    /// </summary>
    /// <param name="builder">What <c>services.AddWebhooks()</c> returned.</param>
    /// <param name="configuration">A section with the names of <see cref="HarmonyOptions"/>. A change of it is seen by the next call.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configuration"/> is null.</exception>
    public static IWebhooksBuilder AddHarmony(this IWebhooksBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);

        builder.Services.Configure<HarmonyOptions>(configuration);
        return AddServer(builder);
    }

    /// <summary>
    /// Adds one of several Harmony servers. <see cref="IHarmonyClient"/> for it is the keyed service <paramref name="name"/>, and its endpoint is called
    /// <c>harmony/name</c>.
    /// </summary>
    /// <param name="builder">What <c>services.AddWebhooks()</c> returned.</param>
    /// <param name="name">
    /// The name of the server: 1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>; upper and lower case differ. Enqueued calls are stored by it, so it should last.
    /// </param>
    /// <param name="configure">Sets options; <see cref="HarmonyOptions.BaseUrl"/> is required.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddHarmony(this IWebhooksBuilder builder, string name, Action<HarmonyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(name, configure);
        return AddServer(builder, name);
    }

    /// <summary>
    /// Adds one of several Harmony servers with options bound from <paramref name="configuration"/>.
    /// </summary>
    /// <param name="builder">What <c>services.AddWebhooks()</c> returned.</param>
    /// <param name="name">
    /// The name of the server, by which its client is a keyed service: 1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>; upper and lower case differ. Enqueued
    /// calls are stored by it, so it should last.
    /// </param>
    /// <param name="configuration">A section with the names of <see cref="HarmonyOptions"/>. A change of it is seen by the next call.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddHarmony(this IWebhooksBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configuration);

        builder.Services.Configure<HarmonyOptions>(name, configuration);
        return AddServer(builder, name);
    }

    private static IWebhooksBuilder AddServer(IWebhooksBuilder builder)
    {
        AddServer(builder.Services, DefaultEndpointName, Options.DefaultName);
        builder.Services.TryAddSingleton<IHarmonyClient>(static provider => CreateClient(provider, DefaultEndpointName));
        return builder;
    }

    private static IWebhooksBuilder AddServer(IWebhooksBuilder builder, string name)
    {
        AddServer(builder.Services, EndpointName(name), name);
        builder.Services.TryAddKeyedSingleton<IHarmonyClient>(name, static (provider, key) => CreateClient(provider, EndpointName((string)key!)));
        return builder;
    }

    private static void ValidateName(string name) => RegisteredName.Validate(name, "a Harmony server", " For the default server, leave the name out.");

    private static string EndpointName(string name) => $"{DefaultEndpointName}/{name}";

    private static void AddServer(IServiceCollection services, string endpointName, string optionsName)
    {
        services.AddNamedEndpoint<HarmonyOptions>(endpointName, optionsName, HarmonyServer.CreateEndpoint);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HarmonyOptions>, HarmonyOptionsValidator>());
    }

    private static HarmonyClient CreateClient(IServiceProvider provider, string endpointName) =>
        new(provider.GetRequiredKeyedService<NamedEndpoint>(endpointName), provider.GetRequiredService<IWebhookClient>());
}
