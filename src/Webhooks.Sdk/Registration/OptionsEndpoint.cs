using System.Linq;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Makes endpoints of options.
/// </summary>
internal static class OptionsEndpoint
{
    /// <param name="options">Options that are valid.</param>
    /// <param name="registration">By what name the endpoint is known.</param>
    public static WebhookEndpoint Create(WebhookEndpointOptions options, NamedEndpoint registration) =>
        new(options.IsUrlOpaque ? WebhookUrl.Opaque(options.Url!.OriginalString) : options.Url!)
        {
            Registration = registration,
            Secrets = [.. options.Secrets.Select(WebhookSecret.Parse)],
            Headers = [.. options.Headers],
            Credential = options.GetCustomCredential() ?? CreateCredential(options.Credential),
            Format = WebhookFormat.Find(options.Format)!,
            Source = options.Source,
            Limits = CreateLimits(options),
            PropagateTraceContext = options.PropagateTraceContext,
            RequestOrigin = options.RequestOrigin,
            Trusted = options.Trusted,
        };

    private static WebhookLimits CreateLimits(WebhookEndpointOptions options) => new()
    {
        AttemptTimeout = options.AttemptTimeout,
        MaxRequestBodySize = options.MaxRequestBodySize,
        MaxConcurrency = options.MaxConcurrency,
        Rate = options.Rate.ToRate(),
        MaxWait = options.MaxWait,
        CircuitBreaker = options.CircuitBreaker.ToCircuitBreaker(),
    };

    /// <summary>Makes the one credential that is described, or null when none is.</summary>
    /// <exception cref="System.ArgumentException">A text cannot be sent. The message does not show it.</exception>
    public static WebhookCredential? CreateCredential(WebhookCredentialOptions options) => options switch
    {
        { BearerToken: { } token } => WebhookCredential.Bearer(token),
        { UserName: not null } or { Password: not null } => WebhookCredential.Basic(options.UserName ?? "", options.Password ?? ""),
        { HeaderName: not null } or { HeaderValue: not null } => WebhookCredential.Header(options.HeaderName ?? "", options.HeaderValue ?? ""),
        { QueryName: not null } or { QueryValue: not null } => WebhookCredential.Query(options.QueryName ?? "", options.QueryValue ?? ""),
        _ => null,
    };
}
