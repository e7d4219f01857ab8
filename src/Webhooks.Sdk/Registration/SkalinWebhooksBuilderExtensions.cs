using System;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Skalin;

namespace Webhooks.Sdk;

/// <summary>
/// Adds accounts at Skalin to webhooks.
/// </summary>
public static class SkalinWebhooksBuilderExtensions
{
    internal const string DefaultEndpointName = "skalin";

    /// <summary>
    /// Adds the default account: its <see cref="ISkalinClient"/>, and the endpoint <c>skalin</c>. Called again, it registers nothing twice and still
    /// applies <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="configure">Sets the account's options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configure"/> is null.</exception>
    public static IWebhooksBuilder AddSkalin(this IWebhooksBuilder builder, Action<SkalinOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(configure);
        builder.Services.TryAddSingleton<ISkalinClient>(static provider => CreateClient(provider, DefaultEndpointName));
        return AddAccount(builder, DefaultEndpointName, Options.DefaultName);
    }

    /// <summary>
    /// Adds the default account with options bound from <paramref name="configuration"/>, for example <c>GetSection("Skalin")</c>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="configuration">A section with the names of <see cref="SkalinOptions"/>. A change of it is seen by the next send.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="configuration"/> is null.</exception>
    public static IWebhooksBuilder AddSkalin(this IWebhooksBuilder builder, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configuration);

        builder.Services.Configure<SkalinOptions>(configuration);
        return builder.AddSkalin(static _ => { });
    }

    /// <summary>
    /// Adds an account by a name: its <see cref="ISkalinClient"/> as a keyed service (<c>[FromKeyedServices("emea")] ISkalinClient</c>), and the endpoint
    /// <c>skalin/emea</c>. Called again for the same name, it registers nothing twice and still applies <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="name">1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>; upper and lower case differ.</param>
    /// <param name="configure">Sets the account's options.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddSkalin(this IWebhooksBuilder builder, string name, Action<SkalinOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.Configure(name, configure);
        builder.Services.TryAddKeyedSingleton<ISkalinClient>(name, static (provider, key) => CreateClient(provider, EndpointName((string)key!)));
        return AddAccount(builder, EndpointName(name), name);
    }

    /// <summary>
    /// Adds an account by a name with options bound from <paramref name="configuration"/>, for example <c>GetSection("Skalin:Emea")</c>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <param name="name">1 to 64 of the characters <c>A-Z a-z 0-9 _ - .</c>; upper and lower case differ.</param>
    /// <param name="configuration">A section with the names of <see cref="SkalinOptions"/>. A change of it is seen by the next send.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static IWebhooksBuilder AddSkalin(this IWebhooksBuilder builder, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ValidateName(name);
        ArgumentNullException.ThrowIfNull(configuration);

        builder.Services.Configure<SkalinOptions>(name, configuration);
        return builder.AddSkalin(name, static _ => { });
    }

    private static string EndpointName(string name) => $"{DefaultEndpointName}/{name}";

    private static IWebhooksBuilder AddAccount(IWebhooksBuilder builder, string endpointName, string optionsName)
    {
        builder.Services.AddNamedEndpoint<SkalinOptions>(endpointName, optionsName, SkalinAccount.CreateEndpoint);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SkalinOptions>, SkalinOptionsValidator>());
        return builder;
    }

    private static SkalinClient CreateClient(IServiceProvider provider, string endpointName) =>
        new(provider.GetRequiredKeyedService<NamedEndpoint>(endpointName), provider.GetRequiredService<IWebhookClient>());

    private static void ValidateName(string name) => RegisteredName.Validate(name, "a Skalin account", " For the default account, leave the name out.");
}
