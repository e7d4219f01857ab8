using System;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// How the sender proves to an endpoint who it is, beside signatures.
/// </summary>
/// <remarks>
/// <para>
/// Added to each attempt at the last moment and taken off after it, so that handlers that a user chains do not see it; never shown by <see cref="ToString"/>,
/// logs, traces and exceptions. A header that the request sets itself wins over a credential of the same name.
/// </para>
/// <para>
/// Only https keeps it from being read on its way. Instances are immutable and safe to share between threads.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookCredential
{
    private const string Authorization = "Authorization";

    private readonly string _shown;

    private WebhookCredential(string shown)
    {
        _shown = shown;
    }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? HeaderName { get; private init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? HeaderValue { get; private init; }

    /// <summary>Gets what kind it is, as people are told.</summary>
    internal string Kind => _shown;

    /// <summary>Gets the escaped <c>name=value</c> that is appended to the URL's query.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? QueryPair { get; private init; }

    internal WebhookTokenProvider? TokenProvider { get; private init; }

    internal X509Certificate2? Certificate { get; private init; }

    /// <summary>Makes a credential of a token that does not change: <c>Authorization: Bearer …</c> (RFC 6750, section 2.1).</summary>
    /// <param name="token">The token, without <c>Bearer</c>: visible ASCII characters.</param>
    /// <returns>The credential.</returns>
    /// <exception cref="ArgumentException"><paramref name="token"/> is not such a text. The message does not show it.</exception>
    public static WebhookCredential Bearer(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);

        return IsToken(token)
            ? new WebhookCredential("bearer token") { HeaderName = Authorization, HeaderValue = BearerValue(token) }
            : throw new ArgumentException("A bearer token has only visible ASCII characters (RFC 6750, section 2.1); pass it without Bearer and spaces.", nameof(token));
    }

    /// <summary>Makes a credential of tokens that expire: <c>Authorization: Bearer …</c> (RFC 6750, section 2.1).</summary>
    /// <param name="provider">
    /// Gives the token of each attempt. When the receiver answers 401, it is asked once more, and the request is repeated with another token within the same
    /// attempt and its time-out.
    /// </param>
    /// <returns>The credential.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is null.</exception>
    public static WebhookCredential Bearer(WebhookTokenProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);

        return new WebhookCredential("bearer tokens of a provider") { HeaderName = Authorization, TokenProvider = provider };
    }

    /// <summary>Makes a credential of a name and a password: <c>Authorization: Basic …</c> in UTF-8 (RFC 7617).</summary>
    /// <param name="userName">The name, without a colon. It may be empty when the password is not.</param>
    /// <param name="password">The password. It may be empty when the name is not: some receivers want a key as the name.</param>
    /// <returns>The credential.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="userName"/> or <paramref name="password"/> is null.</exception>
    /// <exception cref="ArgumentException">The name has a colon, one of both has a control character or half of a surrogate pair, or both are empty.</exception>
    public static WebhookCredential Basic(string userName, string password)
    {
        ArgumentNullException.ThrowIfNull(userName);
        ArgumentNullException.ThrowIfNull(password);
        RefuseUnsendable(userName, nameof(userName));
        RefuseUnsendable(password, nameof(password));

        if (userName.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("The user name has a colon, which ends it (RFC 7617, section 2); use a name without.", nameof(userName));
        }

        if (userName.Length == 0 && password.Length == 0)
        {
            throw new ArgumentException("The user name and the password are both empty; leave the credential out.", nameof(userName));
        }

        string value = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))}";
        return new WebhookCredential("user name and password") { HeaderName = Authorization, HeaderValue = value };
    }

    /// <summary>Makes a credential of a header, for example <c>X-Api-Key</c>.</summary>
    /// <param name="name">A token (RFC 9110, section 5.6.2) that is not reserved for the SDK or the connection.</param>
    /// <param name="value">Visible ASCII, spaces and tabs, with no space at either end; not empty.</param>
    /// <returns>The credential.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="value"/> is not as said. The message does not show the value.</exception>
    public static WebhookCredential Header(string name, string value)
    {
        HeaderRules.ValidateName(name, nameof(name));
        ArgumentException.ThrowIfNullOrEmpty(value);
        HeaderRules.ValidateValue(value, nameof(value));

        if (HeaderRules.IsContentHeader(name))
        {
            throw new ArgumentException($"The header {name} describes a body and cannot be a credential; use another name.", nameof(name));
        }

        return new WebhookCredential($"header {name}") { HeaderName = name, HeaderValue = value };
    }

    /// <summary>Makes a credential of a query parameter, for example <c>access_token</c>, which is appended to the URL of each attempt.</summary>
    /// <param name="name">The name, which is escaped.</param>
    /// <param name="value">The value, which is escaped.</param>
    /// <returns>The credential.</returns>
    /// <remarks>A URL that is sent byte for byte (<see cref="WebhookUrl.Opaque"/>) stays so; the parameter follows it.</remarks>
    /// <exception cref="ArgumentException"><paramref name="name"/> is blank, <paramref name="value"/> is empty, or one has half of a surrogate pair.</exception>
    public static WebhookCredential Query(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrEmpty(value);
        UrlText.RefuseLoneSurrogate(name, nameof(name));
        UrlText.RefuseLoneSurrogate(value, nameof(value));

        return new WebhookCredential($"query parameter {name}") { QueryPair = $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}" };
    }

    /// <summary>Makes a credential of a client certificate, which the TLS handshake presents. Only for https.</summary>
    /// <param name="certificate">
    /// A certificate with its private key. It must not be disposed while the endpoint is used. Each certificate has connections of its own.
    /// </param>
    /// <returns>The credential.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="certificate"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="certificate"/> has no private key.</exception>
    public static WebhookCredential ClientCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);

        return certificate.HasPrivateKey
            ? new WebhookCredential("client certificate") { Certificate = certificate }
            : throw new ArgumentException("The certificate has no private key, so nothing can be proved with it; load it together with its key.", nameof(certificate));
    }

    /// <summary>Describes the credential by its kind, and shows nothing of it.</summary>
    /// <returns>For example <c>header X-Api-Key: ***</c>.</returns>
    public override string ToString() => $"{_shown}: ***";

    /// <summary>Makes a credential again of what one held; null when it held nothing.</summary>
    internal static WebhookCredential? Restore(string? kind, string? headerName, string? headerValue, string? queryPair) =>
        headerName is null && queryPair is null
            ? null
            : new WebhookCredential(kind ?? "stored credential") { HeaderName = headerName, HeaderValue = headerValue, QueryPair = queryPair };

    internal static bool IsToken(string? token) => !string.IsNullOrEmpty(token) && UrlText.IndexOfInvisible(token) < 0;

    internal static string BearerValue(string token) => $"Bearer {token}";

    private static void RefuseUnsendable(string text, string paramName)
    {
        UrlText.RefuseLoneSurrogate(text, paramName);

        if (text.Any(char.IsControl))
        {
            throw new ArgumentException("The text has a control character, which RFC 7617 does not allow; remove it.", paramName);
        }
    }
}
