using System;
using System.Globalization;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Refuses the texts that cannot be one segment of a path whatever their escaping.
/// </summary>
internal static class PathSegment
{
    /// <exception cref="ArgumentException">The segment would not arrive as it is; the message says why, and never shows it.</exception>
    public static void Refuse(ReadOnlySpan<char> segment, string paramName)
    {
        if (segment.IsEmpty)
        {
            throw new ArgumentException("A path segment is empty; remove the doubled slash, or the value that is missing.", paramName);
        }

        // Uri removes them, also when they are escaped as %2E.
        if (segment is "." or "..")
        {
            throw new ArgumentException("A path segment is . or .., which never arrives; name the path without it.", paramName);
        }

        int slash = segment.IndexOfAny('/', '\\');
        if (slash >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A path segment has a slash or a backslash at position {slash}; escaped ones are decoded or refused by many servers."),
                paramName);
        }

        UrlText.RefuseControl(segment, paramName);
        UrlText.RefuseLoneSurrogate(segment, paramName);
    }
}
