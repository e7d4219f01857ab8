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
/// Tells whether a webhook that was received is genuine: signed with one of the secrets, unchanged and recent (Standard Webhooks 1.0.0, <c>v1</c>).
/// </summary>
/// <remarks>
/// Pass the body as it was received: parsed and written again, it is not what was signed. Signatures are compared in constant time, every item of
/// <c>webhook-signature</c> is looked at, and items of other versions are passed over. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookVerifier
{
    private const string IdHeader = "webhook-id";
    private const string TimestampHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";

    private readonly WebhookSecret[] _secrets;

    /// <summary>Creates a verifier for all secrets that are live.</summary>
    /// <param name="secrets">At least one; two or more while a secret is being replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="secrets"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="secrets"/> is empty.</exception>
    public WebhookVerifier(params IEnumerable<WebhookSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _secrets = [.. secrets];

        if (_secrets.Length == 0)
        {
            throw new ArgumentException("There is no secret to verify with; pass at least one.", nameof(secrets));
        }

        if (_secrets.Any(static secret => secret is null))
        {
            throw new ArgumentNullException(nameof(secrets), "One of the secrets is null.");
        }
    }

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

        return Verify(header(IdHeader), header(TimestampHeader), header(SignatureHeader), body);
    }

    /// <summary>Verifies a webhook by the values of its three headers.</summary>
    /// <param name="id">The value of <c>webhook-id</c>, or null.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>, or null.</param>
    /// <param name="signature">The value of <c>webhook-signature</c>, or null.</param>
    /// <param name="body">The body, byte for byte as it was received.</param>
    /// <returns><see cref="WebhookVerification.Valid"/>, or what is wrong.</returns>
    public WebhookVerification Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
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

        long age = TimeProvider.GetUtcNow().ToUnixTimeSeconds() - sentAt;
        long tolerance = (long)Tolerance.TotalSeconds;

        if (age > tolerance)
        {
            return WebhookVerification.TimestampTooOld;
        }

        if (age < -tolerance)
        {
            return WebhookVerification.TimestampTooNew;
        }

        return Matches(id, timestamp, signature, body) ? WebhookVerification.Valid : WebhookVerification.NoMatch;
    }

    private bool Matches(string id, string timestamp, string signatures, ReadOnlySpan<byte> body)
    {
        Span<byte> prefix = stackalloc byte[Signature.MostPrefixBytes];
        prefix = prefix[..Signature.WritePrefix(id, timestamp, prefix)];
        Span<byte> expected = stackalloc byte[Signature.Length];
        bool matches = false;

        // One computation for each secret, however many signatures were sent.
        foreach (WebhookSecret secret in _secrets)
        {
            Signature.Compute(secret, prefix, body, expected);
            matches |= HasItem(signatures, expected);
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
