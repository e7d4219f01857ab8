using System;
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
        new(UrlOf(options))
        {
            Registration = registration,
            Preset = options.GetPreset(),
            Rule = options.GetRule() ?? options.GetPreset().Rule,
            Schedule = CreateSchedule(options) ?? options.GetPreset().Schedule,
            IdempotencyHeader = CreateIdempotencyHeader(options),
            Secrets = [.. options.Secrets.Select(WebhookSecret.Parse)],
            Signers = CreateSigners(options),
            Headers = [.. options.Headers],
            Credential = options.GetCustomCredential() ?? CreateCredential(options.Credential),
            Format = options.Format is null ? options.GetPreset().Format : WebhookFormat.Find(options.Format)!,
            Source = options.Source,
            Limits = CreateLimits(options),
            PropagateTraceContext = options.PropagateTraceContext,
            RequestOrigin = options.RequestOrigin,
            Trusted = options.Trusted,
            Ordered = options.Ordered,
            SetAsideAfter = options.SetAsideAfter,
        };

    /// <exception cref="ArgumentException">The URL cannot be used. The message does not show it.</exception>
    public static Uri UrlOf(WebhookEndpointOptions options) =>
        options.IsUrlOpaque || options.GetPreset().IsUrlOpaque ? WebhookUrl.Opaque(options.Url!.OriginalString) : options.Url!;

    /// <summary>Makes the schedule that is described, or null when none is. A name is taken for known.</summary>
    /// <exception cref="ArgumentException">There are too many waits, or one is negative or too long.</exception>
    public static RetrySchedule? CreateSchedule(WebhookEndpointOptions options) =>
        options.GetCustomSchedule()
        ?? (options.RetryDelays.Count > 0 ? RetrySchedule.Of(options.RetryDelays) : options.Schedule is null ? null : RetrySchedule.Find(options.Schedule));

    /// <summary>Makes the idempotency header that is described, or null when none is.</summary>
    /// <exception cref="ArgumentException">The name cannot be used.</exception>
    public static WebhookIdempotencyHeader? CreateIdempotencyHeader(WebhookEndpointOptions options) =>
        options.IdempotencyHeader is null ? null : new WebhookIdempotencyHeader(options.IdempotencyHeader) { IsUuid = options.IsIdempotencyKeyUuid };

    /// <summary>Makes the signers that are described, and adds those that were set in code.</summary>
    /// <exception cref="ArgumentException">One cannot be made. The message does not show a key.</exception>
    public static IWebhookSigner[] CreateSigners(WebhookEndpointOptions options) =>
        [.. options.Signatures.Select(CreateSigner), .. options.GetCustomSigners()];

    /// <summary>Makes the signer that is described.</summary>
    /// <exception cref="ArgumentException">It cannot be made. The message does not show a key.</exception>
    public static IWebhookSigner CreateSigner(WebhookSignatureOptions options)
    {
        if (options.GetCustomSigner() is { } create)
        {
            return create();
        }

        // Not by Enum.Parse, which takes numbers.
        string? scheme = Enum.GetNames<WebhookSignatureScheme>().FirstOrDefault(name => name.Equals(options.Scheme, StringComparison.OrdinalIgnoreCase));

        if (scheme is null)
        {
            throw new ArgumentException(
                $"The scheme must be one of {string.Join(", ", Enum.GetNames<WebhookSignatureScheme>())}, or one that a package adds (Ed25519 by AddEd25519()), but was '{options.Scheme}'.", nameof(options));
        }

        WebhookSigner signer = WebhookSigner.Create(Enum.Parse<WebhookSignatureScheme>(scheme), [.. options.Keys]);
        return options.Header is { } header ? signer.WithHeader(header) : signer;
    }

    private static WebhookLimits CreateLimits(WebhookEndpointOptions options)
    {
        WebhookLimits preset = options.GetPreset().Limits;

        return new WebhookLimits
        {
            AttemptTimeout = options.AttemptTimeout ?? preset.AttemptTimeout,
            MaxRequestBodySize = options.MaxRequestBodySize ?? preset.MaxRequestBodySize,
            MaxConcurrency = options.MaxConcurrency ?? preset.MaxConcurrency,
            Rate = options.Rate.ToRate() ?? preset.Rate,
            MaxWait = options.MaxWait,
            CircuitBreaker = options.CircuitBreaker.ToCircuitBreaker() ?? preset.CircuitBreaker,
        };
    }

    /// <summary>Makes the one credential that is described, or null when none is.</summary>
    /// <exception cref="ArgumentException">A text cannot be sent. The message does not show it.</exception>
    public static WebhookCredential? CreateCredential(WebhookCredentialOptions options) => options switch
    {
        { BearerToken: { } token } => WebhookCredential.Bearer(token),
        { UserName: not null } or { Password: not null } => WebhookCredential.Basic(options.UserName ?? "", options.Password ?? ""),
        { HeaderName: not null } or { HeaderValue: not null } => WebhookCredential.Header(options.HeaderName ?? "", options.HeaderValue ?? ""),
        { QueryName: not null } or { QueryValue: not null } => WebhookCredential.Query(options.QueryName ?? "", options.QueryValue ?? ""),
        _ => null,
    };
}
