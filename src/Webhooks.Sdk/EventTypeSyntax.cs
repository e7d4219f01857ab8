using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// The form of event types: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops (Standard Webhooks 1.0.0, "Event types"). The limit of the length is ours.
/// </summary>
internal static class EventTypeSyntax
{
    public const int MaxLength = 128;

    private static readonly SearchValues<char> GroupCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static void Validate(string type, string paramName)
    {
        ArgumentNullException.ThrowIfNull(type, paramName);

        if (type.Length is 0 or > MaxLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"An event type has 1 to {MaxLength} characters, but this one has {type.Length}."), paramName);
        }

        foreach (Range range in type.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> group = type.AsSpan(range);
            int start = range.Start.Value;

            if (group.IsEmpty)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The event type has an empty group at position {start}; write it like invoice.paid."),
                    paramName);
            }

            if (group.IndexOfAnyExcept(GroupCharacters) is var bad and >= 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"An event type holds groups of A-Z, a-z, 0-9 and _, parted by full stops, but this one has U+{(int)group[bad]:X4} at position {start + bad}."),
                    paramName);
            }
        }
    }
}
