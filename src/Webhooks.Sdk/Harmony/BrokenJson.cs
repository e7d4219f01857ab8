using System;
using System.Globalization;
using System.Text;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Finds members in text that is meant to be JSON and is not: cut off, or with quotes that nobody escaped.
/// </summary>
/// <remarks>
/// A quote may have some backslashes before it, as in a string in a string. Every search goes forward only, so that no text makes it slow.
/// </remarks>
internal static class BrokenJson
{
    private const int MostBackslashes = 3;
    private const int MostDigits = 9;

    /// <summary>Finds the first integer that a member of this name holds, plain or in quotes.</summary>
    public static int? FindInteger(ReadOnlySpan<char> text, string name)
    {
        while (TrySkipName(ref text, name))
        {
            ReadOnlySpan<char> value = text;
            value = TrySkipQuote(ref value, out _) ? value.TrimStart() : text;

            int sign = value.StartsWith('-') ? 1 : 0;
            int end = value[sign..].IndexOfAnyExceptInRange('0', '9');
            int digits = end < 0 ? value.Length - sign : end;
            bool isWhole = end < 0 || value[sign + end] is not ('.' or ',') || !HasDigitAt(value, sign + end + 1);

            if (digits is >= 1 and <= MostDigits && isWhole)
            {
                return int.Parse(value[..(sign + digits)], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>Finds the first text that a member of this name holds, up to its closing quote or, where it was cut off, the end.</summary>
    public static string? FindText(ReadOnlySpan<char> text, string name)
    {
        while (TrySkipName(ref text, name))
        {
            ReadOnlySpan<char> value = text;

            if (!TrySkipQuote(ref value, out ReadOnlySpan<char> quote))
            {
                continue;
            }

            // A quote is closed by one with as many backslashes as opened it.
            int end = value.IndexOf(quote);
            value = end < 0 ? value : value[..end];

            if (!value.IsWhiteSpace())
            {
                return Unescape(value);
            }
        }

        return null;
    }

    private static bool HasDigitAt(ReadOnlySpan<char> text, int index) => index < text.Length && char.IsAsciiDigit(text[index]);

    /// <summary>Moves <paramref name="text"/> on to the value of the next member of this name.</summary>
    private static bool TrySkipName(ref ReadOnlySpan<char> text, string name)
    {
        while (text.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and int start)
        {
            bool isQuoted = start > 0 && text[start - 1] == '"';
            text = text[(start + name.Length)..];
            ReadOnlySpan<char> rest = text;

            if (isQuoted && TrySkipQuote(ref rest, out _) && rest.TrimStart().StartsWith(':'))
            {
                text = rest.TrimStart()[1..].TrimStart();
                return true;
            }
        }

        return false;
    }

    private static bool TrySkipQuote(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> quote)
    {
        int backslashes = text.IndexOfAnyExcept('\\');
        bool isQuote = backslashes is >= 0 and <= MostBackslashes && text[backslashes] == '"';

        quote = isQuote ? text[..(backslashes + 1)] : default;
        text = isQuote ? text[(backslashes + 1)..] : text;
        return isQuote;
    }

    // French words arrive as \u00e9 from serializers that escape all but ASCII.
    private static string Unescape(ReadOnlySpan<char> text)
    {
        var words = new StringBuilder();

        while (text.IndexOf(@"\u", StringComparison.Ordinal) is >= 0 and int escape)
        {
            ReadOnlySpan<char> digits = text[(escape + 2)..];
            bool isCharacter = ushort.TryParse(
                digits[..Math.Min(4, digits.Length)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort character);

            words.Append(text[..escape].TrimEnd('\\')).Append(isCharacter ? (char)character : 'u');
            text = digits[(isCharacter ? Math.Min(4, digits.Length) : 0)..];
        }

        return words.Append(text).ToString();
    }
}
