using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk;

/// <summary>
/// Tells whether a webhook that was received is genuine: signed with one of the keys, unchanged and recent (Standard Webhooks 1.0.0, or a
/// <see cref="WebhookSignatureScheme"/>; GitHub's and Shopify's have no timestamp, so that who recorded a webhook can repeat it).
/// </summary>
/// <remarks>
/// Pass the body as it was received: parsed and written again, it is not what was signed. Signatures are compared in constant time, every item of
/// <c>webhook-signature</c> is looked at, and items of other versions and malformed ones are passed over. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookVerifier
{
    private const string IdHeader = "webhook-id";
    private const string TimestampHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";

    private readonly IWebhookVerificationKey[] _keys;
    private readonly WebhookSecret[] _texts = [];
    private readonly HeaderSignature? _scheme;
    private readonly string _lookUp = SignatureHeader;

    /// <summary>Creates a verifier of Standard Webhooks for all keys that are live.</summary>
    /// <param name="keys">
    /// At least one <see cref="WebhookSecret"/>, or public key of another kind; two or more while a key is being replaced. One that fits is enough.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    public WebhookVerifier(params IEnumerable<IWebhookVerificationKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys];

        if (_keys.Length == 0)
        {
            throw new ArgumentException("There is no key to verify with; pass at least one.", nameof(keys));
        }

        if (_keys.Any(static key => key is null))
        {
            throw new ArgumentNullException(nameof(keys), "One of the keys is null.");
        }
    }

    /// <summary>Creates a verifier of an older scheme for all keys that are live.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="keys">At least one text that sender and receiver share; two or more while a key is being replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or one of them is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="scheme"/> is none.</exception>
    /// <exception cref="ArgumentException"><paramref name="keys"/> or one of them is empty, or half of a key pair. The message does not show it.</exception>
    public WebhookVerifier(WebhookSignatureScheme scheme, params IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _scheme = HeaderSignature.Of(scheme);
        _keys = [];
        _texts = [.. keys.Select(key => WebhookSecret.OfText(key, nameof(keys)))];
        Header = _scheme.Header;

        if (_texts.Length == 0)
        {
            throw new ArgumentException("There is no key to verify with; pass at least one.", nameof(keys));
        }
    }

    private WebhookVerifier(WebhookVerifier other, TimeProvider timeProvider)
    {
        (_keys, _texts, _scheme) = (other._keys, other._texts, other._scheme);
        (Tolerance, TimeProvider) = (other.Tolerance, timeProvider);

        if (_scheme is not null)
        {
            Header = other.Header;
        }
    }

    /// <summary>Gets the name of the header that the signature is in.</summary>
    /// <value>The default value is that of the scheme. Names do not depend on upper and lower case.</value>
    /// <exception cref="ArgumentException">The value is null or empty, or the verifier is one of Standard Webhooks, whose header has always the same name.</exception>
    public string Header
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);

            if (_scheme is null)
            {
                throw new ArgumentException($"The signatures of Standard Webhooks are in {SignatureHeader}; only those of older schemes may be elsewhere.", nameof(value));
            }

            field = value;
            _lookUp = value.ToLowerInvariant();
        }
    }
    = SignatureHeader;

    /// <summary>Gets how far the timestamp may be from now, in both directions.</summary>
    /// <value>
    /// The default value is 5 minutes, as in the reference libraries of Standard Webhooks. Must be from zero to 24 hours.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan Tolerance
    {
        get;
        init
        {
            if (value < TimeSpan.Zero || value > TimeSpan.FromHours(24))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"The tolerance must be from zero to 24 hours, but was {value:c}."));
            }

            field = value;
        }
    }
    = TimeSpan.FromMinutes(5);

    /// <summary>Gets the clock that timestamps are compared with.</summary>
    /// <value>The default value is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Verifies a webhook by a function that looks its headers up.</summary>
    /// <param name="header">
    /// Gives the value of a header by its name in lower case, or null; in ASP.NET Core <c>name =&gt; request.Headers[name]</c>. A header that came
    /// several times is one value with commas, which is refused.
    /// </param>
    /// <param name="body">The body, byte for byte as it was received.</param>
    /// <returns><see cref="WebhookVerification.Valid"/>, or what is wrong.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="header"/> is null.</exception>
    public WebhookVerification Verify(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(header);

        return _scheme is null
            ? Verify(header(IdHeader), header(TimestampHeader), header(SignatureHeader), body)
            : Verify(_scheme, header(_lookUp), body);
    }

    /// <summary>Verifies a webhook by the values of the three headers of Standard Webhooks.</summary>
    /// <param name="id">The value of <c>webhook-id</c>, or null.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>, or null.</param>
    /// <param name="signature">The value of <c>webhook-signature</c>, or null.</param>
    /// <param name="body">The body, byte for byte as it was received.</param>
    /// <returns><see cref="WebhookVerification.Valid"/>, or what is wrong.</returns>
    /// <exception cref="InvalidOperationException">The verifier is one of another scheme.</exception>
    public WebhookVerification Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (_scheme is not null)
        {
            throw new InvalidOperationException($"The verifier is not one of Standard Webhooks: its signatures are in {Header}. Verify by a function that looks headers up.");
        }

        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.MissingHeader;
        }

        if (!Signature.IsId(id)
            || timestamp.Length > Signature.MostTimestampCharacters
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long sentAt))
        {
            return WebhookVerification.MalformedHeader;
        }

        return JudgeAge(sentAt) ?? (Matches(id, timestamp, signature, body) ? WebhookVerification.Valid : WebhookVerification.NoMatch);
    }

    /// <summary>Gives the same verifier with another clock.</summary>
    internal WebhookVerifier At(TimeProvider timeProvider) => new(this, timeProvider);

    private WebhookVerification Verify(HeaderSignature scheme, string? value, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(value))
        {
            return WebhookVerification.MissingHeader;
        }

        if (!scheme.TryReadTimestamp(value, out long? sentAt))
        {
            return WebhookVerification.MalformedHeader;
        }

        return (sentAt is { } time ? JudgeAge(time) : null)
            ?? (scheme.Matches(_texts, value, body) ? WebhookVerification.Valid : WebhookVerification.NoMatch);
    }

    private WebhookVerification? JudgeAge(long sentAt)
    {
        long age = TimeProvider.GetUtcNow().ToUnixTimeSeconds() - sentAt;
        long tolerance = (long)Tolerance.TotalSeconds;

        return age > tolerance ? WebhookVerification.TimestampTooOld : age < -tolerance ? WebhookVerification.TimestampTooNew : null;
    }

    private bool Matches(string id, string timestamp, string signatures, ReadOnlySpan<byte> body)
    {
        Span<byte> prefix = stackalloc byte[Signature.MostPrefixBytes];
        prefix = prefix[..Signature.WritePrefix(id, timestamp, prefix)];
        Span<byte> expected = stackalloc byte[Signature.Length];
        bool matches = false;

        // One computation for each secret, however many signatures were sent.
        foreach (IWebhookVerificationKey key in _keys)
        {
            if (key is WebhookSecret secret)
            {
                Signature.Compute(secret, prefix, body, expected);
                matches |= HasItem(signatures, expected);
            }
            else
            {
                matches |= SignatureItems.HasOneOf(key, signatures, prefix, body);
            }
        }

        CryptographicOperations.ZeroMemory(expected);
        return matches;
    }

    private static bool HasItem(ReadOnlySpan<char> signatures, ReadOnlySpan<byte> expected)
    {
        Span<byte> received = stackalloc byte[Signature.Length];
        bool found = false;

        foreach (Range range in signatures.Split(' '))
        {
            ReadOnlySpan<char> item = signatures[range];

            if (item.Length == Signature.Version.Length + Signature.Length
                && item.StartsWith(Signature.Version, StringComparison.Ordinal)
                && Ascii.FromUtf16(item[Signature.Version.Length..], received, out _) == OperationStatus.Done)
            {
                found |= CryptographicOperations.FixedTimeEquals(received, expected);
            }
        }

        return found;
    }
}
