using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Harmony;

internal static partial class HarmonyInterpreter
{
    private const int MaxDigits = 3;

    private static readonly SearchValues<char> Separators = SearchValues.Create("-–—:;,.|/");

    /// <summary>
    /// Reads <c>200</c>, <c>“200” message</c>, <c>0 - message</c>: an integer of one to three digits that stands by itself, and words.
    /// </summary>
    private static HarmonyReading ReadText(ReadOnlySpan<char> text, bool mayBeQuoted)
    {
        char endQuote = mayBeQuoted ? EndQuoteOf(text[0]) : default;
        ReadOnlySpan<char> number = endQuote == default ? text : text[1..].TrimStart();
        int length = LengthOfNumber(number);
        ReadOnlySpan<char> rest = number[length..];

        if (endQuote == default)
        {
            return length > 0 && StandsAlone(rest)
                ? HarmonyReading.OfCode(Parse(number[..length]), MessageAfterCode(rest))
                : HarmonyReading.WithoutCode(Words(text));
        }

        rest = rest.TrimStart();

        if (length > 0 && rest.StartsWith(endQuote))
        {
            return HarmonyReading.OfCode(Parse(number[..length]), MessageAfterCode(rest[1..]));
        }

        ReadOnlySpan<char> quoted = text.Length > 1 && text.EndsWith(endQuote) ? Trim(text[1..^1]) : default;
        return quoted.IsEmpty ? HarmonyReading.WithoutCode(Words(text)) : ReadText(quoted, mayBeQuoted: false);
    }

    private static char EndQuoteOf(char quote) => quote switch
    {
        '"' or '\'' or '”' => quote,
        '“' => '”',
        _ => default,
    };

    /// <summary>Measures the integer that a text begins with; 0 when there is none, or one of too many digits.</summary>
    private static int LengthOfNumber(ReadOnlySpan<char> text)
    {
        int sign = text.StartsWith('-') ? 1 : 0;
        int end = text[sign..].IndexOfAnyExceptInRange('0', '9');
        int digits = end < 0 ? text.Length - sign : end;

        return digits is >= 1 and <= MaxDigits ? sign + digits : 0;
    }

    // "0,5", "10:30" and "12/05/2026" begin with no code; "0, ok" does.
    private static bool StandsAlone(ReadOnlySpan<char> rest) =>
        rest.IsEmpty
        || char.IsWhiteSpace(rest[0])
        || (Separators.Contains(rest[0]) && !(rest.Length > 1 && char.IsAsciiDigit(rest[1])));

    private static string? MessageAfterCode(ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty && (char.IsWhiteSpace(rest[0]) || Separators.Contains(rest[0])))
        {
            rest = rest[1..];
        }

        return Words(rest);
    }

    private static int Parse(ReadOnlySpan<char> number) => int.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
