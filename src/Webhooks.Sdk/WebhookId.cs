using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// The form of ids: 1 to 64 of <c>A-Z a-z 0-9 _ -</c>. No full stop, which parts the fields of a signed content (Standard Webhooks 1.0.0).
/// </summary>
internal static class WebhookId
{
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static string NewRequestId() => TimeOrderedId.New("req_");

    public static string NewEventId() => TimeOrderedId.New("evt_");

    public static void Validate(string id, string paramName)
    {
        ArgumentNullException.ThrowIfNull(id, paramName);

        if (id.Length is 0 or > MaxLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"An id has 1 to {MaxLength} characters, but this one has {id.Length}."), paramName);
        }

        int bad = id.AsSpan().IndexOfAnyExcept(Allowed);

        if (bad >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"An id holds only A-Z, a-z, 0-9, _ and -, but has U+{(int)id[bad]:X4} at position {bad}."),
                paramName);
        }
    }
}
