using System;
using System.Buffers;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Refuses characters that no URL and no form can carry. Messages give position and code point, never the text.
/// </summary>
internal static class UrlText
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(Range('\0', '\u001F') + Range('\u007F', '\u009F'));

    // IndexOfAnyInRange would do, but boxes its bounds until the runtime has recompiled it.
    private static readonly SearchValues<char> Surrogates = SearchValues.Create(Range('\uD800', '\uDFFF'));

    private static readonly SearchValues<char> VisibleAscii = SearchValues.Create(Range('!', '~'));

    /// <summary>Returns the position of the first character that is not visible ASCII, or -1.</summary>
    public static int IndexOfInvisible(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(VisibleAscii);

    /// <exception cref="ArgumentException">The text has a control character.</exception>
    public static void RefuseControl(ReadOnlySpan<char> text, string paramName)
    {
        int i = text.IndexOfAny(Controls);
        if (i >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The text has the control character U+{(int)text[i]:X4} at position {i}; remove it."),
                paramName);
        }
    }

    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which has no UTF-8 form.</exception>
    public static void RefuseLoneSurrogate(ReadOnlySpan<char> text, string paramName)
    {
        int i = text.IndexOfAny(Surrogates);
        if (i < 0)
        {
            return;
        }

        while (i < text.Length)
        {
            if (!char.IsSurrogate(text[i]))
            {
                i++;
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i += 2;
            }
            else
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The text has half of a surrogate pair (U+{(int)text[i]:X4}) at position {i}, which has no UTF-8 form; pass whole characters."),
                    paramName);
            }
        }
    }

    private static string Range(char first, char last) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(code => (char)code));
}
