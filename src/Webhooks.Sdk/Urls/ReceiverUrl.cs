using System;
using System.Globalization;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// The one place that decides whether a URL can be called: whatever is refused here would fail later, inside a send, or send something
/// else than what was written.
/// </summary>
/// <remarks>
/// Text is parsed as <see cref="Uri"/> parses it (<c>%41</c> becomes <c>A</c>, dot segments are folded);
/// <see cref="AcceptOpaque"/> keeps every byte. Whether the address behind the host may be called is judged when it is dialled, not here.
/// Messages name the problem and the fix, and never show the path or the query, which hold the secret of half the receivers.
/// </remarks>
internal static class ReceiverUrl
{
    /// <summary>The most characters that a URL may have, counted in its escaped form.</summary>
    public const int MaxLength = 8192;

    /// <summary>A query of more characters than this works, but IIS refuses it by default: the attempt logs a warning.</summary>
    public const int LongQuery = 2048;

    private static readonly UriCreationOptions Opaque = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>
    /// Accepts a URL written as text.
    /// </summary>
    /// <exception cref="ArgumentException">The URL cannot be called; the message says why and how to write it.</exception>
    public static Uri Accept(string url, string paramName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url, paramName);
        RefuseTooLong(url.Length, paramName);

        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed))
        {
            throw NotAbsolute(paramName);
        }

        return Accept(parsed, paramName);
    }

    /// <summary>
    /// Accepts a URL that was parsed elsewhere, in whatever mode.
    /// </summary>
    /// <exception cref="ArgumentException">The URL cannot be called; the message says why and how to write it.</exception>
    public static Uri Accept(Uri url, string paramName)
    {
        ArgumentNullException.ThrowIfNull(url, paramName);

        if (!url.IsAbsoluteUri || !(IsScheme(url, Uri.UriSchemeHttp) || IsScheme(url, Uri.UriSchemeHttps)))
        {
            throw NotAbsolute(paramName);
        }

        RefuseTooLong(url.AbsoluteUri.Length, paramName);
        UrlText.RefuseControl(url.OriginalString, paramName);
        UrlText.RefuseLoneSurrogate(url.OriginalString, paramName);

        if (HasUserInfo(url))
        {
            throw new ArgumentException(
                "The URL has user information (…@) before its host, which would be sent to nobody and shown in logs; pass it as an Authorization header.",
                paramName);
        }

        if (url.Port == 0)
        {
            throw new ArgumentException("The URL has port 0, which cannot be connected to; use a port from 1 to 65,535.", paramName);
        }

        RefuseUnusableHost(url, paramName);
        RefuseUnsendableTarget(url, paramName);
        return url;
    }

    /// <summary>
    /// Accepts a URL whose path and query are sent byte for byte.
    /// </summary>
    /// <exception cref="ArgumentException">The URL cannot be called as it is written; the message says why and how to write it.</exception>
    public static Uri AcceptOpaque(string url, string paramName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url, paramName);
        RefuseTooLong(url.Length, paramName);

        // Without canonicalization, whatever is not ASCII would go out as garbage bytes.
        int position = UrlText.IndexOfInvisible(url);
        if (position >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The URL has the character U+{(int)url[position]:X4} at position {position}; a URL that is sent byte for byte may have visible ASCII characters only: percent-escape the path and the query, and write the host in its xn-- form."),
                paramName);
        }

        if (!Uri.TryCreate(url, Opaque, out Uri? parsed))
        {
            throw NotAbsolute(paramName);
        }

        return Accept(parsed, paramName);
    }

    /// <summary>
    /// Says where a URL leads without what may be secret in it: scheme, host in its IDN form and, unless it is the scheme's own, port.
    /// Never throws, so that a log line can use it for any URL.
    /// </summary>
    public static string Describe(Uri url)
    {
        if (!url.IsAbsoluteUri)
        {
            return "(relative URL)";
        }

        try
        {
            string host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost;
            return url.IsDefaultPort
                ? $"{url.Scheme}://{host}"
                : string.Create(CultureInfo.InvariantCulture, $"{url.Scheme}://{host}:{url.Port}");
        }
        catch (UriFormatException)
        {
            return $"{url.Scheme}://(invalid host)";
        }
    }

    /// <summary>
    /// Appends an escaped <c>name=value</c> to the query of an accepted URL. What was there is sent byte for byte as it would have been without.
    /// </summary>
    /// <exception cref="ArgumentException">The URL becomes too long.</exception>
    public static Uri AppendQuery(Uri url, string pair)
    {
        string target = url.PathAndQuery;
        string separator = target.Contains('?', StringComparison.Ordinal) ? target is [.., '?' or '&'] ? "" : "&" : "?";

        return AcceptOpaque($"{Describe(url)}{target}{separator}{pair}", nameof(url));
    }

    /// <summary>Tells whether two accepted URLs lead to the same scheme, host and port.</summary>
    public static bool HaveSameOrigin(Uri one, Uri other) =>
        IsScheme(one, other.Scheme) && one.Port == other.Port && string.Equals(one.IdnHost, other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsScheme(Uri url, string scheme) => string.Equals(url.Scheme, scheme, StringComparison.Ordinal);

    private static void RefuseTooLong(int length, string paramName)
    {
        if (length > MaxLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The URL has {length:N0} characters; the limit is {MaxLength:N0}. Send the data in the body instead."),
                paramName);
        }
    }

    // Uri.UserInfo is empty for "http://@host", so the text is asked.
    private static bool HasUserInfo(Uri url)
    {
        ReadOnlySpan<char> authority = url.AbsoluteUri.AsSpan(url.Scheme.Length + Uri.SchemeDelimiter.Length);
        int end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    private static void RefuseUnusableHost(Uri url, string paramName)
    {
        string host;
        try
        {
            host = url.IdnHost;
        }
        catch (UriFormatException)
        {
            // Not kept as the inner exception: its text is not ours to vouch for.
            throw BadHost("has a character that international domain names do not allow", paramName);
        }

        if (url.HostNameType == UriHostNameType.IPv6)
        {
            if (host.Contains('%', StringComparison.Ordinal))
            {
                throw BadHost("is an IPv6 address with a zone (…%zone), which means something on one machine only", paramName);
            }

            return;
        }

        if (HostName.Problem(host) is { } problem)
        {
            throw BadHost(problem, paramName);
        }
    }

    // A Uri made without canonicalization writes its target as it stands: an empty one makes "GET  HTTP/1.1", a space ends it early.
    private static void RefuseUnsendableTarget(Uri url, string paramName)
    {
        string target = url.PathAndQuery;

        if (url.Fragment.Length > 0 || target.Contains('#', StringComparison.Ordinal))
        {
            throw new ArgumentException("The URL has a fragment (#…), which is never sent to a receiver; remove it, or write %23 where it is data.", paramName);
        }

        if (!target.StartsWith('/'))
        {
            throw new ArgumentException("The URL has no path, and one that is sent byte for byte needs it; write a / after the host.", paramName);
        }

        if (UrlText.IndexOfInvisible(target) >= 0)
        {
            throw new ArgumentException("The URL has characters in its path or query that must be percent-escaped.", paramName);
        }
    }

    private static ArgumentException NotAbsolute(string paramName) =>
        new("The value is not an absolute http or https URL with a valid host; write it like https://host.example/path.", paramName);

    private static ArgumentException BadHost(string problem, string paramName) =>
        new($"The URL's host {problem}; use a DNS name such as host.example, or an IP address.", paramName);
}
