using System;
using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk;

/// <summary>
/// Decides which headers a user of the library may set, and to what.
/// </summary>
/// <remarks>
/// <c>HttpHeaders.TryAddWithoutValidation</c> writes whatever it is given to the wire, line ends included, so that a value from outside could
/// smuggle a second request. Messages give position and code point, never a value: values hold credentials.
/// </remarks>
internal static class HeaderRules
{
    // RFC 9110, 5.6.2: tchar.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110, 5.5, less the bytes above ASCII, which receivers read in different ways.
    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c), '\t']);

    // They frame the message, belong to one connection (RFC 9110, 7.6.1), or are written by the client itself.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        [
            "Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
            "Transfer-Encoding", "Upgrade",
        ],
        StringComparer.OrdinalIgnoreCase);

    // Signatures are made for each attempt; svix-… are the names by which older receivers know the same three headers.
    private static readonly string[] ReservedPrefixes = ["webhook-", "svix-"];

    // Those that HttpContentHeaders claims for itself: on a request they are refused or lost.
    private static readonly FrozenSet<string> ContentHeaders = FrozenSet.ToFrozenSet(
        [
            "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Content-Range",
            "Expires", "Last-Modified",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Refuses what is not a header name (RFC 9110, 5.1), and names that are not the user's to set.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot be used; the message says why and what to do instead.</exception>
    public static void ValidateName(string name, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, paramName);

        int position = name.AsSpan().IndexOfAnyExcept(TokenCharacters);
        if (position >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The header name has the character U+{(int)name[position]:X4} at position {position}; a name is made of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)."),
                paramName);
        }

        if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("Content-Type belongs to the body; pass it as the media type of the body.", paramName);
        }

        if (Reserved.Contains(name))
        {
            throw new ArgumentException($"The header {name} is written by the client itself; leave it out.", paramName);
        }

        foreach (string prefix in ReservedPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"The header {name} begins with {prefix}, which is reserved for ids and signatures that are made for each attempt; use another name.",
                    paramName);
            }
        }
    }

    /// <summary>
    /// Refuses what is not a header value (RFC 9110, 5.5): visible ASCII, spaces and tabs, with no white space around them. An empty one is allowed.
    /// </summary>
    /// <exception cref="ArgumentException">The value cannot be sent; the message says why, and never shows it.</exception>
    public static void ValidateValue(string value, string paramName)
    {
        ArgumentNullException.ThrowIfNull(value, paramName);

        if (value.AsSpan().IndexOfAnyExcept(ValueCharacters) is var position and >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The header value has the character U+{(int)value[position]:X4} at position {position}; a value is made of visible ASCII characters, spaces and tabs: encode others, percent-encoded for one, as the receiver expects."),
                paramName);
        }

        if (HasOuterWhiteSpace(value))
        {
            throw new ArgumentException("The header value begins or ends with white space, which is no part of it on the wire; trim it.", paramName);
        }
    }

    /// <summary>
    /// Tells whether <see cref="ValidateValue"/> lets a value pass.
    /// </summary>
    public static bool IsValidValue(string value) => !value.AsSpan().ContainsAnyExcept(ValueCharacters) && !HasOuterWhiteSpace(value);

    /// <summary>
    /// Refuses what is not a media type (RFC 9110, 8.3.1): <c>type/subtype</c> and optional parameters.
    /// </summary>
    /// <exception cref="ArgumentException">The media type cannot be sent; the message says why.</exception>
    public static void ValidateMediaType(string mediaType, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaType, paramName);

        if (MediaTypeSyntax.FindProblem(mediaType) is >= 0 and int position)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The media type is not well-formed at position {position}; write it like application/json or text/plain; charset=utf-8 (RFC 9110, 8.3.1)."),
                paramName);
        }
    }

    /// <summary>
    /// Tells whether .NET keeps a header with the content (<c>HttpContentHeaders</c>) and not with the request.
    /// </summary>
    public static bool IsContentHeader(string name) => ContentHeaders.Contains(name);

    /// <summary>
    /// Returns the length of the token (RFC 9110, 5.6.2) that the text begins with, 0 for none.
    /// </summary>
    public static int TokenLength(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(TokenCharacters) is var end and >= 0 ? end : text.Length;

    private static bool HasOuterWhiteSpace(string value) => value is [' ' or '\t', ..] or [.., ' ' or '\t'];
}
