using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Registration;

internal sealed class WebhooksBuilder(IServiceCollection services, IHttpClientBuilder httpClient) : IWebhooksBuilder
{
    public IServiceCollection Services { get; } = services;

    public IHttpClientBuilder HttpClient { get; } = httpClient;
}
