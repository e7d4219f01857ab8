using System;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk;

/// <summary>
/// The header by which a receiver recognises a repeated attempt, and the form that its key has.
/// </summary>
/// <remarks>
/// The key is made of the request's id, so it is the same for every attempt, and for every sending of the same event. Instances are immutable and safe to share
/// between threads.
/// </remarks>
public sealed class WebhookIdempotencyHeader
{
    private const int PrefixLength = 4;

    /// <summary>Names the header.</summary>
    /// <param name="name">The name, for example <c>Idempotency-Key</c>: a token (RFC 9110, section 5.6.2) that neither the SDK nor the connection sets.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public WebhookIdempotencyHeader(string name)
    {
        HeaderRules.ValidateName(name, nameof(name));
        Name = name;
    }

    /// <summary>Gets the name of the header.</summary>
    public string Name { get; }

    /// <summary>Gets whether the key is a UUID in the form <c>123e4567-e89b-12d3-a456-426614174000</c>, rather than the request's id as it is.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool IsUuid { get; init; }

    /// <summary>Describes the header by its name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    internal string KeyOf(string id) => IsUuid ? UuidOf(id).ToString("D") : id;

    private static Guid UuidOf(string id)
    {
        // An id of our own making is a UUID behind its prefix: evt_, req_.
        if (id.Length > PrefixLength && Guid.TryParseExact(id.AsSpan(PrefixLength), "N", out Guid own))
        {
            return own;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);

        // RFC 9562, section 5.8: version 8, made by a rule of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
