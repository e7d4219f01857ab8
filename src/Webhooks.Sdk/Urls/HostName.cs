using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Tells whether a host name in its IDN (ASCII) form can be looked up in the DNS (RFC 1035, 2.3.4). <see cref="Uri"/> does not:
/// it lets labels of any length pass, and mapping full-width characters can leave a <c>%</c> in a host, at which the client throws.
/// </summary>
/// <remarks>
/// The underscore is allowed: no public host has it, many machines in companies and containers do.
/// </remarks>
internal static class HostName
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>
    /// Returns what is wrong with the name, as the end of the sentence "the host …", or null.
    /// </summary>
    public static string? Problem(ReadOnlySpan<char> host)
    {
        // A full stop at the end says that the name is complete; it is no part of its length.
        ReadOnlySpan<char> name = host.EndsWith('.') ? host[..^1] : host;

        if (name.ContainsAnyExcept(Allowed))
        {
            return "has a character that DNS names do not allow";
        }

        if (name.Length > MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {name.Length} characters in its IDN form, and the limit is {MaxLength}");
        }

        foreach (Range label in name.Split('.'))
        {
            int length = name[label].Length;
            if (length is 0 or > MaxLabelLength)
            {
                return string.Create(CultureInfo.InvariantCulture, $"has a label of {length} characters in its IDN form, and a label must have from 1 to {MaxLabelLength}");
            }
        }

        return null;
    }
}
