using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk;

/// <summary>
/// Configures webhooks further, after <c>services.AddWebhooks()</c>.
/// </summary>
public interface IWebhooksBuilder
{
    /// <summary>Gets the services that webhooks were added to.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Gets the builder of the HTTP client that every attempt passes, to chain handlers or to replace the primary handler in tests.
    /// </summary>
    /// <value>
    /// Settings of <c>ConfigureHttpClient</c> do not apply: headers and time-outs belong to requests, endpoints and options. A handler that retries
    /// belongs together with <see cref="WebhookOptions.MaxAttempts"/> set to 1. Credentials and signatures are added after all chained handlers, anew for each
    /// message that they let through, so a handler must leave the body as it is. A replaced primary handler takes over the duties of ours,
    /// the address guard among them.
    /// </value>
    IHttpClientBuilder HttpClient { get; }
}
