using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// The request line and the headers of a request.
/// </summary>
internal sealed record RequestHead(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public bool IsChunked => Has("Transfer-Encoding", "chunked");

    public bool ExpectsContinue => Has("Expect", "100-continue");

    public bool WantsClose => Has("Connection", "close");

    /// <exception cref="WebhookReceiverException">The header is not a number.</exception>
    public long ContentLength =>
        Values("Content-Length").FirstOrDefault() is not { } text ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length
        : throw new WebhookReceiverException($"The client sent a Content-Length that is no number: {text}.");

    /// <param name="text">The lines, without the empty one that ends them.</param>
    /// <exception cref="WebhookReceiverException">The text is not the head of a request.</exception>
    public static RequestHead Parse(string text)
    {
        string[] lines = text.Split("\r\n");

        if (lines[0].Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, var version]
            || !version.StartsWith("HTTP/1.", StringComparison.Ordinal))
        {
            throw new WebhookReceiverException($"The client sent what is not an HTTP/1 request: {lines[0]}");
        }

        return new(method, target, Array.AsReadOnly(Array.ConvertAll(lines[1..], ParseHeader)));
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);

        return colon > 0
            ? new(line[..colon], line[(colon + 1)..].Trim(' ', '\t'))
            : throw new WebhookReceiverException($"The client sent a header line without a name and a colon: {line}");
    }

    private bool Has(string name, string value) => Values(name).Any(each => each.Contains(value, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Values(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);
}
