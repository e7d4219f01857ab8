using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk.Testing.Differences;

/// <summary>
/// Compares requests, received or recorded, with what a test expects, and says what differs.
/// </summary>
internal static class RequestComparison
{
    public static T Single<T>(IReadOnlyList<T> requests) =>
        requests is [var single] ? single : throw new WebhookAssertionException($"Expected one request, but {List(requests)}");

    public static void None<T>(IReadOnlyList<T> requests)
    {
        if (requests.Count > 0)
        {
            throw new WebhookAssertionException($"Expected no request, but {List(requests)}");
        }
    }

    public static void Equal(string what, string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);

        if (expected != actual)
        {
            throw new WebhookAssertionException($"The {what} differs.\n{TextDifference.Between(expected, actual)}");
        }
    }

    public static void HasHeader(IEnumerable<KeyValuePair<string, string>> headers, string name, string expected)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(expected);
        string[] values = ValuesOf(headers, name);

        switch (values)
        {
            case []:
                string[] names = [.. headers.Select(header => header.Key)];
                throw new WebhookAssertionException($"There is no header {name}, only {(names.Length > 0 ? string.Join(", ", names) : "none at all")}.");

            case [var value]:
                Equal($"header {name}", expected, value);
                break;

            default:
                throw new WebhookAssertionException(string.Create(
                    CultureInfo.InvariantCulture, $"The header {name} came {values.Length} times, not once: {string.Join(" | ", values)}"));
        }
    }

    public static void HasNoHeader(IEnumerable<KeyValuePair<string, string>> headers, string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (ValuesOf(headers, name) is { Length: > 0 } values)
        {
            throw new WebhookAssertionException($"There is a header {name}, which was not expected: {string.Join(" | ", values)}");
        }
    }

    public static void HasText(ReadOnlyMemory<byte> body, string expected) => Equal("body", expected, Encoding.UTF8.GetString(body.Span));

    public static void HasJson(ReadOnlyMemory<byte> body, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);

        if (JsonDifference.Between(expected, body, nameof(expected)) is { } difference)
        {
            throw new WebhookAssertionException($"The body's JSON differs.\n{difference}\nThe whole body:\n{Encoding.UTF8.GetString(body.Span)}");
        }
    }

    private static string[] ValuesOf(IEnumerable<KeyValuePair<string, string>> headers, string name) =>
        [.. headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    private static string List<T>(IReadOnlyList<T> requests)
    {
        if (requests.Count == 0)
        {
            return "none came.";
        }

        string count = string.Create(CultureInfo.InvariantCulture, $"{requests.Count} came:");

        return string.Join('\n', requests.Select(request => $"  {request}").Prepend(count));
    }
}
