using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>
/// Names a subscription by what it is, so that the same one can be there only once, however many requests and nodes make it at the same time: the
/// store's own rule, no two rows under one id, decides.
/// </summary>
internal static class SubscriptionId
{
    /// <param name="owner">Whose.</param>
    /// <param name="url">Where.</param>
    /// <param name="events">What, in any order.</param>
    /// <param name="format">How.</param>
    /// <param name="place">The next one, where an id is taken by what has become another subscription since.</param>
    /// <returns><c>sub_</c> and 128 bits in hexadecimal digits.</returns>
    public static string Of(string owner, Uri url, IEnumerable<string> events, WebhookFormat format, int place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, owner);
        Append(hash, url.OriginalString);
        Append(hash, format.Name);
        Append(hash, string.Join('\n', events.Order(StringComparer.Ordinal)));
        Append(hash, place.ToString(CultureInfo.InvariantCulture));
        return $"sub_{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}";
    }

    // With its length before it, no text can pass for a part of the next.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
