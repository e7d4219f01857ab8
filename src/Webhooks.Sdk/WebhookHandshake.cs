using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// How a receiver is asked whether it wants to be called.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads, and may be used more than once: a challenge is made anew each time.
/// </remarks>
public sealed class WebhookHandshake
{
    private WebhookHandshake(HandshakeKind kind)
    {
        Kind = kind;
    }

    internal enum HandshakeKind
    {
        CloudEvents,
        PostedChallenge,
        QueriedChallenge,
        EventGrid,
    }

    internal HandshakeKind Kind { get; }

    internal string? Origin { get; private init; }

    internal int? AttemptsPerMinute { get; private init; }

    internal Uri? CallbackUrl { get; private init; }

    internal string? QueryName { get; private init; }

    /// <summary>
    /// Asks as CloudEvents says (HTTP 1.1 Web Hooks for Event Delivery, section 4): an OPTIONS request with <c>WebHook-Request-Origin</c>, to which the receiver
    /// answers with <c>WebHook-Allowed-Origin</c>, and <c>WebHook-Allowed-Rate</c> if it likes.
    /// </summary>
    /// <param name="origin">The sender's DNS name, for example <c>events.billing.example</c>.</param>
    /// <returns>The handshake.</returns>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is not a DNS name.</exception>
    public static WebhookHandshake CloudEvents(string origin) => CloudEvents(origin, attemptsPerMinute: null, callbackUrl: null);

    /// <summary>
    /// Asks as <see cref="CloudEvents(string)"/> does, for a rate, and names the URL where a receiver may consent later.
    /// </summary>
    /// <param name="origin">The sender's DNS name, for example <c>events.billing.example</c>.</param>
    /// <param name="attemptsPerMinute">The rate that is asked for, which the receiver must answer; null asks for none. From 1 to 1,000,000.</param>
    /// <param name="callbackUrl">
    /// Where the receiver, or a person, consents later with a GET or a POST; null for nowhere. An https URL that nobody can guess, served by the application: it
    /// then gives the endpoint its <see cref="WebhookEndpoint.RequestOrigin"/> and the rate.
    /// </param>
    /// <returns>The handshake.</returns>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is not a DNS name, or <paramref name="callbackUrl"/> not an absolute https URL.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attemptsPerMinute"/> is outside its range.</exception>
    public static WebhookHandshake CloudEvents(string origin, int? attemptsPerMinute, Uri? callbackUrl)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ValidateOrigin(origin, nameof(origin));

        if (attemptsPerMinute is < 1 or > WebhookRate.MostAttempts)
        {
            throw new ArgumentOutOfRangeException(
                nameof(attemptsPerMinute),
                string.Create(CultureInfo.InvariantCulture, $"From 1 to {WebhookRate.MostAttempts:N0} attempts a minute can be asked for, not {attemptsPerMinute:N0}."));
        }

        if (callbackUrl is not null && ReceiverUrl.Accept(callbackUrl, nameof(callbackUrl)).Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException("A callback URL is https: it holds a key that nobody else may read.", nameof(callbackUrl));
        }

        return new(HandshakeKind.CloudEvents) { Origin = origin, AttemptsPerMinute = attemptsPerMinute, CallbackUrl = callbackUrl };
    }

    /// <summary>
    /// Posts <c>{"type":"webhook.challenge","challenge":"…"}</c>, to which the receiver answers 2xx with the challenge as text or as <c>{"challenge":"…"}</c>.
    /// </summary>
    /// <returns>The handshake.</returns>
    public static WebhookHandshake Challenge() => new(HandshakeKind.PostedChallenge);

    /// <summary>
    /// Gets the endpoint's URL with the challenge as a query parameter, to which the receiver answers 2xx with the challenge as text or as
    /// <c>{"challenge":"…"}</c>.
    /// </summary>
    /// <param name="queryName">The name of the parameter: 1 to 64 letters, digits and <c>_ - .</c>, for example <c>challenge</c>.</param>
    /// <returns>The handshake.</returns>
    /// <exception cref="ArgumentException"><paramref name="queryName"/> is not such a name.</exception>
    public static WebhookHandshake Challenge(string queryName)
    {
        ArgumentNullException.ThrowIfNull(queryName);

        if (queryName.Length > 64 || HostName.Problem(queryName) is not null)
        {
            throw new ArgumentException("The name of the parameter has 1 to 64 letters, digits and _ - full stop.", nameof(queryName));
        }

        return new(HandshakeKind.QueriedChallenge) { QueryName = queryName };
    }

    /// <summary>
    /// Asks as Azure Event Grid does: posts a <c>Microsoft.EventGrid.SubscriptionValidationEvent</c>, to which the receiver answers 2xx with
    /// <c>{"validationResponse":"…"}</c>. Consent by opening a URL later is not offered.
    /// </summary>
    /// <returns>The handshake.</returns>
    public static WebhookHandshake EventGrid() => new(HandshakeKind.EventGrid);

    /// <summary>Describes the handshake by its kind; nothing secret is shown.</summary>
    /// <returns>For example <c>CloudEvents handshake</c>.</returns>
    public override string ToString() => $"{Kind} handshake";

    internal static void ValidateOrigin([NotNullIfNotNull(nameof(origin))] string? origin, string paramName)
    {
        if (origin is not null && HostName.Problem(origin) is { } problem)
        {
            throw new ArgumentException($"The origin {problem}; use a DNS name such as events.billing.example.", paramName);
        }
    }
}
