using System;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Tests;

/// <summary>A container with webhooks that may call loopback addresses.</summary>
internal static class TestHost
{
    public static ServiceProvider Create(
        Action<IWebhooksBuilder>? configure = null, Action<WebhookOptions>? options = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();

        if (time is not null)
        {
            services.AddSingleton(time);
        }

        IWebhooksBuilder builder = services.AddWebhooks(o => o.AllowLoopback = true);

        if (options is not null)
        {
            services.Configure(options);
        }

        configure?.Invoke(builder);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static IWebhookClient Webhooks(this IServiceProvider provider) => provider.GetRequiredService<IWebhookClient>();
}
