using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Registers endpoints by name: each is a keyed singleton, which <see cref="WebhookEndpoints"/> finds.
/// </summary>
internal static class NamedEndpointServices
{
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name of the endpoint.</param>
    /// <param name="optionsName">The name of its options.</param>
    /// <param name="create">Makes the endpoint of valid options.</param>
    public static void AddNamedEndpoint<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services, string name, string optionsName, Func<TOptions, NamedEndpoint, WebhookEndpoint> create)
        where TOptions : class
    {
        services.AddOptions<TOptions>(optionsName).ValidateOnStart();
        services.TryAddKeyedSingleton<NamedEndpoint>(name, (provider, _) =>
            new NamedEndpoint<TOptions>(name, provider.GetRequiredService<IOptionsMonitor<TOptions>>(), optionsName, create));
    }
}
