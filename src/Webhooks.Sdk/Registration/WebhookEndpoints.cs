using System;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Registration;

internal sealed class WebhookEndpoints(IServiceProvider services) : IWebhookEndpoints
{
    public WebhookEndpoint Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        return services.GetKeyedService<NamedEndpoint>(name)?.Current
            ?? throw new ArgumentException(
                $"No endpoint is registered by the name '{name}'. Register it with AddWebhooks().AddEndpoint(\"{name}\", …), or check the spelling: upper and lower case differ.",
                nameof(name));
    }
}
