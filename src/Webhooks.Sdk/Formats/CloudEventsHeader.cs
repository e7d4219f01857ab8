using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// Writes an attribute as the value of a header (CloudEvents HTTP protocol binding 1.0.2, section 3.1.3.2).
/// </summary>
internal static class CloudEventsHeader
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code).Where(static character => character is not ('"' or '%'))]);

    /// <summary>
    /// Percent-encodes the UTF-8 bytes of space, quotation mark, per cent sign and all that is not visible ASCII, with upper-case digits.
    /// </summary>
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];

        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.IsAscii && Plain.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (byte unit in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
