using System;
using System.Globalization;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Composes a URL of a base, a path, a secret code and query parameters, each escaped for its place.
/// </summary>
/// <remarks>
/// <para>
/// What is passed is data, not URL text: <c>%20</c> is sent as <c>%2520</c>. Everything but letters, digits and <c>-._~</c> is escaped as
/// RFC 3986 says (UTF-8, upper-case hex), a space as <c>%20</c> and a plus sign as <c>%2B</c>. Calls append, in the order they are made.
/// A URL that someone else made, with a signature in it for one, goes through <see cref="Opaque"/> instead.
/// </para>
/// <para>
/// A URL of more than 8,192 characters is refused by the call that makes it too long. Many servers refuse a query of more than 2,048.
/// </para>
/// <para>
/// Not safe to share between threads. <see cref="Build"/> can be called once; nothing can be appended after it.
/// </para>
/// </remarks>
public sealed partial class WebhookUrl
{
    private const int UsualLength = 256;

    private readonly int _originLength;
    private EscapedText _text = new(UsualLength);
    private int _queryStart = -1;
    private string? _code;
    private Uri? _built;

    private WebhookUrl(ReadOnlySpan<char> origin, ReadOnlySpan<char> path)
    {
        _originLength = origin.Length;
        _text.Append(origin);
        _text.Append(path.TrimEnd('/'));
    }

    /// <summary>
    /// Starts a URL from its scheme, host, port and the beginning of its path.
    /// </summary>
    /// <param name="baseUrl">
    /// An absolute <c>http</c> or <c>https</c> URL such as <c>http://localhost:8080/DhsDivaltoServiceDivaApiRest</c>, read as <see cref="Uri"/>
    /// reads it. Slashes at its end are dropped, the scheme's own port too; an international host is sent in its IDN form.
    /// </param>
    /// <returns>
    /// A composer to append to.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The URL is relative, of another scheme, too long, or has user information, a query, a fragment or a host that cannot be called.
    /// </exception>
    public static WebhookUrl For(string baseUrl) =>
        PlainUrl.TryFindPath(baseUrl, out int pathStart)
            ? new WebhookUrl(baseUrl.AsSpan(0, pathStart), baseUrl.AsSpan(pathStart))
            : Create(ReceiverUrl.Accept(baseUrl, nameof(baseUrl)), nameof(baseUrl));

    /// <inheritdoc cref="For(string)"/>
    public static WebhookUrl For(Uri baseUrl) => Create(ReceiverUrl.Accept(baseUrl, nameof(baseUrl)), nameof(baseUrl));

    /// <summary>
    /// Takes a whole URL whose path and query are sent byte for byte: <c>%41</c> stays <c>%41</c> and <c>a/../b</c> stays <c>a/../b</c>.
    /// Meant for URLs that another system made and signed, such as those of Power Automate.
    /// </summary>
    /// <param name="url">
    /// An absolute <c>http</c> or <c>https</c> URL of visible ASCII characters, with a path (at least <c>/</c>), of at most 8,192 characters.
    /// </param>
    /// <returns>
    /// A <see cref="Uri"/> that is made without canonicalization, and compares unequal to one that is made with it.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The URL has other characters, no path, user information, a fragment, a host that cannot be called, or is too long.
    /// </exception>
    public static Uri Opaque(string url) => ReceiverUrl.AcceptOpaque(url, nameof(url));

    /// <summary>
    /// Appends one or more path segments.
    /// </summary>
    /// <param name="path">
    /// Segments parted by <c>/</c>, each of which is escaped. A slash before the first is optional; one after the last is kept.
    /// </param>
    /// <returns>
    /// This composer.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A segment is empty, is <c>.</c> or <c>..</c>, or has a backslash, a control character or half of a surrogate pair; or the URL becomes too long.
    /// </exception>
    /// <exception cref="InvalidOperationException">The URL was built.</exception>
    public WebhookUrl Path(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RefuseAfterBuild();
        RefuseOverlong(path.Length, nameof(path));
        ReadOnlySpan<char> segments = path.StartsWith('/') ? path.AsSpan(1) : path;
        bool endsWithSlash = segments.EndsWith('/');
        segments = endsWithSlash ? segments[..^1] : segments;

        foreach (Range segment in segments.Split('/'))
        {
            PathSegment.Refuse(segments[segment], nameof(path));
        }

        int start = _text.Length;
        foreach (Range segment in segments.Split('/'))
        {
            AppendSegment(segments[segment], start);
        }

        if (endsWithSlash)
        {
            _text.Append('/');
        }

        FinishPath(start, nameof(path));
        return this;
    }

    /// <summary>
    /// Appends one path segment that is a secret: who knows it can call the receiver.
    /// </summary>
    /// <param name="code">
    /// The code as the receiver gave it, for example that of a Divalto Harmony webhook. It is escaped.
    /// </param>
    /// <returns>
    /// This composer.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The code is empty, is <c>.</c> or <c>..</c> (which <see cref="Uri"/> removes even when they are escaped), begins or ends with white space,
    /// or has a slash, a backslash (which many servers decode or refuse when they are escaped), a control character or half of a surrogate pair;
    /// or the URL becomes too long.
    /// </exception>
    /// <exception cref="InvalidOperationException">The URL was built.</exception>
    public WebhookUrl Code(string code)
    {
        SecretCode.Refuse(code, nameof(code));
        RefuseAfterBuild();
        RefuseOverlong(code.Length, nameof(code));

        int start = _text.Length;
        AppendSegment(code, start);
        FinishPath(start, nameof(code));
        _code = code;
        return this;
    }

    /// <summary>
    /// Returns the URL.
    /// </summary>
    /// <returns>
    /// The URL, which arrives at the receiver exactly as it was composed.
    /// </returns>
    /// <exception cref="InvalidOperationException">The URL was built before.</exception>
    public Uri Build()
    {
        RefuseAfterBuild();
        _built = new Uri(_text.Written.ToString());
        _text.Release();
        return _built;
    }

    /// <summary>
    /// Returns scheme, host and port, and the last four characters of a code that has at least sixteen: enough to tell codes apart in a log,
    /// and nothing that must stay secret.
    /// </summary>
    /// <returns>For example <c>https://api.divaltocloud.com/***3F53</c>.</returns>
    public override string ToString()
    {
        string origin = _built is null ? _text.Written[.._originLength].ToString() : ReceiverUrl.Describe(_built);
        return $"{origin}/{SecretCode.Mask(_code)}";
    }

    private static WebhookUrl Create(Uri baseUrl, string paramName)
    {
        if (baseUrl.AbsoluteUri.Contains('?', StringComparison.Ordinal))
        {
            throw new ArgumentException("The base URL has a query (?…); append its parameters with Query instead.", paramName);
        }

        return new WebhookUrl(ReceiverUrl.Describe(baseUrl), baseUrl.AbsolutePath);
    }

    private void AppendSegment(ReadOnlySpan<char> segment, int start)
    {
        // A path that ends with a slash has its separator already.
        int pathEnd = _queryStart >= 0 && _text.Length == start ? _queryStart : _text.Length;
        if (_text.Written[pathEnd - 1] != '/')
        {
            _text.Append('/');
        }

        _text.AppendEscaped(segment);
    }

    private void FinishPath(int start, string paramName)
    {
        KeepWithinLimit(start, paramName);

        if (_queryStart >= 0)
        {
            int added = _text.Length - start;
            _text.MoveTail(start, _queryStart);
            _queryStart += added;
        }
    }

    private void KeepWithinLimit(int start, string paramName)
    {
        int length = _text.Length;
        if (length > ReceiverUrl.MaxLength)
        {
            _text.Truncate(start);
            throw TooLong(length, paramName);
        }
    }

    private void RefuseOverlong(int added, string paramName)
    {
        int length = _text.Length + added;
        if (length > ReceiverUrl.MaxLength)
        {
            throw TooLong(length, paramName);
        }
    }

    private void RefuseAfterBuild()
    {
        if (_built is not null)
        {
            throw new InvalidOperationException("The URL was built; compose the next one with a new WebhookUrl.");
        }
    }

    private static ArgumentException TooLong(int length, string paramName) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The URL would have at least {length:N0} characters; the limit is {ReceiverUrl.MaxLength:N0}. Send the data in the body instead."), paramName);
}
