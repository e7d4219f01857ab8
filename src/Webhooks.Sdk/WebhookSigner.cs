using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk;

/// <summary>
/// Signs in a scheme that is older than Standard Webhooks, beside it on the same request: for receivers that have not changed over yet.
/// </summary>
/// <remarks>
/// The keys are texts, used as they are in UTF-8, and neither Base64 nor a <see cref="WebhookSecret"/>. Immutable, and safe to share between threads. The
/// keys stay in memory as long as the signer does and are never shown.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookSigner : IWebhookSigner
{
    private readonly HeaderSignature _scheme;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly WebhookSecret[] _keys;

    private WebhookSigner(WebhookSignatureScheme scheme, WebhookSecret[] keys, string header)
    {
        Scheme = scheme;
        _scheme = HeaderSignature.Of(scheme);
        _keys = keys;
        Header = header;
    }

    /// <summary>Gets the scheme.</summary>
    public WebhookSignatureScheme Scheme { get; }

    /// <summary>Gets the name of the header that the signature is in.</summary>
    public string Header { get; }

    /// <summary>Signs as GitHub does: <c>X-Hub-Signature-256: sha256=…</c>, HMAC-SHA256 over the body in lower hexadecimal.</summary>
    /// <param name="key">The text that sender and receiver share. The scheme has room for one: while it is replaced, the newest.</param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null, empty or half of a key pair. The message does not show it.</exception>
    public static WebhookSigner GitHub(string key) => Create(WebhookSignatureScheme.GitHub, [key]);

    /// <summary>Signs as Stripe does: <c>Stripe-Signature: t=…,v1=…</c>, HMAC-SHA256 over <c>timestamp.body</c> in lower hexadecimal.</summary>
    /// <param name="keys">
    /// 1 to 10 texts that sender and receiver share, the newest first; each is used whole, with the <c>whsec_</c> that it may begin with.
    /// </param>
    /// <returns>The signer.</returns>
    /// <exception cref="ArgumentException">There are none or too many, or one is null, empty or half of a key pair. The message does not show it.</exception>
    public static WebhookSigner Stripe(params IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);

        return Create(WebhookSignatureScheme.Stripe, [.. keys]);
    }

    /// <summary>Signs as Shopify does: <c>X-Shopify-Hmac-Sha256</c>, HMAC-SHA256 over the body in Base64.</summary>
    /// <inheritdoc cref="GitHub"/>
    public static WebhookSigner Shopify(string key) => Create(WebhookSignatureScheme.Shopify, [key]);

    /// <summary>Gives the same signer with the signature in another header, for a scheme like GitHub's, Stripe's or Shopify's under your own name.</summary>
    /// <param name="name">A token (RFC 9110, section 5.6.2) that is not reserved for the SDK or the connection, for example <c>X-Acme-Signature</c>.</param>
    /// <returns>Another signer.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public WebhookSigner WithHeader(string name)
    {
        ValidateHeader(name, nameof(name));

        return new WebhookSigner(Scheme, _keys, name);
    }

    /// <inheritdoc/>
    public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);

        context.SetHeader(Header, Sign(context.Timestamp, context.Body.Span));
        return ValueTask.CompletedTask;
    }

    /// <summary>Describes the signer by its scheme and header, and shows nothing of its keys.</summary>
    /// <returns>For example <c>GitHub (X-Hub-Signature-256): ***</c>.</returns>
    public override string ToString() => $"{Scheme} ({Header}): ***";

    /// <summary>Makes a signer of any scheme.</summary>
    /// <exception cref="ArgumentException">A key cannot be used, or there are none or too many.</exception>
    internal static WebhookSigner Create(WebhookSignatureScheme scheme, IReadOnlyList<string> keys)
    {
        HeaderSignature signature = HeaderSignature.Of(scheme);

        if (keys.Count == 0 || keys.Count > signature.MostKeys)
        {
            throw new ArgumentException(
                signature.MostKeys == 1
                    ? string.Create(CultureInfo.InvariantCulture, $"The scheme {scheme} has room for one key, but there are {keys.Count}; pass the newest one only.")
                    : string.Create(CultureInfo.InvariantCulture, $"The scheme {scheme} has 1 to {signature.MostKeys} keys, but there are {keys.Count}."),
                nameof(keys));
        }

        string paramName = signature.MostKeys == 1 ? "key" : nameof(keys);
        return new WebhookSigner(scheme, [.. keys.Select(key => WebhookSecret.OfText(key, paramName))], signature.Header);
    }

    /// <summary>Gives the texts that the signer was made of, to be sealed and stored. Who has one can sign.</summary>
    internal IEnumerable<string> RevealKeys() => _keys.Select(static key => key.RevealText());

    /// <summary>Refuses what cannot be the name of a signature's header.</summary>
    internal static void ValidateHeader(string name, string paramName)
    {
        HeaderRules.ValidateName(name, paramName);

        if (HeaderRules.IsContentHeader(name))
        {
            throw new ArgumentException($"The header {name} describes a body and cannot hold a signature; use another name.", paramName);
        }
    }

    /// <summary>Gives the value of the header.</summary>
    internal string Sign(long timestamp, ReadOnlySpan<byte> body) => _scheme.Sign(_keys, timestamp, body);
}
