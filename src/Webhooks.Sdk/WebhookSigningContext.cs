using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk;

/// <summary>
/// What an <see cref="IWebhookSigner"/> signs, and where its signatures go: one attempt of one request.
/// </summary>
/// <remarks>Not safe for use by many threads at once. The SDK makes one for each attempt; tests of a signer make their own.</remarks>
public sealed class WebhookSigningContext
{
    // One more for the sign of a time before 1970.
    private const int MostTimestampCharacters = Signature.MostTimestampCharacters + 1;

    private static readonly SearchValues<char> VersionCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <summary>Creates what a signer is given.</summary>
    /// <param name="id">The request's id: 1 to 256 visible ASCII characters without a full stop.</param>
    /// <param name="timestamp">The time of the attempt, in whole seconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="body">The bytes of the body.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not such an id.</exception>
    public WebhookSigningContext(string id, long timestamp, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(id);

        if (!Signature.IsId(id))
        {
            throw new ArgumentException("An id has 1 to 256 visible ASCII characters without a full stop; this one would make what is signed ambiguous.", nameof(id));
        }

        (Id, Timestamp, Body) = (id, timestamp, body);
    }

    /// <summary>Gets the request's id, the value of <c>webhook-id</c>: the same for every attempt.</summary>
    public string Id { get; }

    /// <summary>Gets the time of the attempt, the value of <c>webhook-timestamp</c>: whole seconds since 1970-01-01T00:00:00Z.</summary>
    public long Timestamp { get; }

    /// <summary>Gets the bytes of the body, exactly as they are sent; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the headers that signers have set so far; items of <c>webhook-signature</c> are in <see cref="Signatures"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => _headers;

    /// <summary>Gets the items that signers have added to <c>webhook-signature</c> so far, parted by spaces; empty when there are none.</summary>
    public string Signatures { get; private set; } = "";

    /// <summary>Gets how many bytes <see cref="WriteContent"/> writes.</summary>
    public int ContentLength => Id.Length + FormatTimestamp(stackalloc char[MostTimestampCharacters]) + 2 + Body.Length;

    /// <summary>Writes what Standard Webhooks signs: the bytes of <c>id.timestamp.body</c>.</summary>
    /// <param name="content">Room for <see cref="ContentLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException"><paramref name="content"/> is too short.</exception>
    public int WriteContent(Span<byte> content)
    {
        Span<char> timestamp = stackalloc char[MostTimestampCharacters];
        int prefix = Signature.WritePrefix(Id, timestamp[..FormatTimestamp(timestamp)], content);
        Body.Span.CopyTo(content[prefix..]);
        return prefix + Body.Length;
    }

    /// <summary>Adds an item to <c>webhook-signature</c>, beside those of the endpoint's secrets and of other signers.</summary>
    /// <param name="version">The version, for example <c>v1a</c>: ASCII letters and digits.</param>
    /// <param name="signature">The bytes of the signature, 1 to 1,023; they are written in Base64.</param>
    /// <exception cref="ArgumentException"><paramref name="version"/> or <paramref name="signature"/> is not as said.</exception>
    public void AddSignature(string version, ReadOnlySpan<byte> signature)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);

        if (version.AsSpan().ContainsAnyExcept(VersionCharacters))
        {
            throw new ArgumentException("A version has only ASCII letters and digits, for example v1a.", nameof(version));
        }

        if (signature.Length is 0 or > SignatureItems.MostSignatureBytes)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A signature has 1 to {SignatureItems.MostSignatureBytes} bytes, but this one has {signature.Length}."),
                nameof(signature));
        }

        string item = $"{version},{Convert.ToBase64String(signature)}";
        Signatures = Signatures.Length == 0 ? item : $"{Signatures} {item}";
    }

    /// <summary>Sets a header of the request, in place of the request's own or another signer's of the same name.</summary>
    /// <param name="name">A token (RFC 9110, section 5.6.2) that is not reserved for the SDK or the connection.</param>
    /// <param name="value">Visible ASCII, spaces and tabs, with no space at either end.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="value"/> cannot be sent. The message does not show the value.</exception>
    public void SetHeader(string name, string value)
    {
        WebhookSigner.ValidateHeader(name, nameof(name));
        HeaderRules.ValidateValue(value, nameof(value));
        _headers.Add(new(name, value));
    }

    private int FormatTimestamp(Span<char> text)
    {
        Timestamp.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        return length;
    }
}
