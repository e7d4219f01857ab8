using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Recognizes the plain spelling that nearly all base URLs have, in which <see cref="Uri"/> changes nothing and
/// <see cref="ReceiverUrl"/> refuses nothing. Such a base need not be parsed before the whole URL is: that is a third of composing one.
/// </summary>
internal static class PlainUrl
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    // No full stop, so no dot segments, and nothing that is escaped or could be.
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~/");

    /// <summary>
    /// Tells where the path of a plain URL begins; returns false for a URL that only <see cref="Uri"/> can judge.
    /// </summary>
    public static bool TryFindPath(ReadOnlySpan<char> url, out int pathStart)
    {
        pathStart = 0;
        ReadOnlySpan<char> defaultPort = url.StartsWith("https://", StringComparison.Ordinal) ? "443"
            : url.StartsWith("http://", StringComparison.Ordinal) ? "80"
            : default;

        if (defaultPort.IsEmpty || url.Length > ReceiverUrl.MaxLength)
        {
            return false;
        }

        int hostStart = url.IndexOf("//", StringComparison.Ordinal) + 2;
        int pathLength = url[hostStart..].IndexOf('/') is var slash and >= 0 ? url.Length - hostStart - slash : 0;
        pathStart = url.Length - pathLength;
        ReadOnlySpan<char> host = url[hostStart..pathStart];
        int colon = host.IndexOf(':');

        return !url[pathStart..].ContainsAnyExcept(PathCharacters)
            && (colon < 0 || IsPlainPort(host[(colon + 1)..], defaultPort))
            && IsPlainHost(colon < 0 ? host : host[..colon]);
    }

    // A last label that begins with a letter keeps out all spellings of an IPv4 address (0x7f.1, 2130706433); of labels that begin with
    // a hyphen, Uri accepts some.
    private static bool IsPlainHost(ReadOnlySpan<char> host) =>
        host is not ['-', ..]
        && !host.ContainsAnyExcept(HostCharacters)
        && !host.Contains(".-", StringComparison.Ordinal)
        && host[(host.LastIndexOf('.') + 1)..] is [>= 'a' and <= 'z', ..]
        && HostName.Problem(host) is null;

    private static bool IsPlainPort(ReadOnlySpan<char> port, ReadOnlySpan<char> defaultPort) =>
        port is [>= '1' and <= '9', ..]
        && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && !port.SequenceEqual(defaultPort);
}
