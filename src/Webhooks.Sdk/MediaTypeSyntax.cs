using System;

namespace Webhooks.Sdk;

/// <summary>
/// Reads the grammar of media types: <c>type "/" subtype *( OWS ";" OWS name "=" ( token / quoted-string ) )</c> (RFC 9110, 5.6.6 and 8.3.1).
/// Stricter in two points: no empty parameter, and no <c>*</c>, which makes a range of media types (12.5.1).
/// </summary>
internal static class MediaTypeSyntax
{
    /// <summary>
    /// Returns the position where the text stops to be a media type, or -1.
    /// </summary>
    public static int FindProblem(ReadOnlySpan<char> text)
    {
        int position = 0;
        bool isType = ReadName(text, ref position) && ReadCharacter(text, '/', ref position) && ReadName(text, ref position);

        while (isType && position < text.Length)
        {
            SkipWhiteSpace(text, ref position);
            isType = ReadCharacter(text, ';', ref position);
            SkipWhiteSpace(text, ref position);
            isType = isType
                && ReadToken(text, ref position)
                && ReadCharacter(text, '=', ref position)
                && (ReadToken(text, ref position) || ReadQuotedString(text, ref position));
        }

        return isType ? -1 : position;
    }

    private static bool ReadName(ReadOnlySpan<char> text, ref int position) =>
        text[position..] is not ['*', ..] && ReadToken(text, ref position);

    private static bool ReadToken(ReadOnlySpan<char> text, ref int position)
    {
        int length = HeaderRules.TokenLength(text[position..]);
        position += length;
        return length > 0;
    }

    private static bool ReadCharacter(ReadOnlySpan<char> text, char expected, ref int position)
    {
        if (position == text.Length || text[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    private static bool ReadQuotedString(ReadOnlySpan<char> text, ref int position)
    {
        if (!ReadCharacter(text, '"', ref position))
        {
            return false;
        }

        while (position < text.Length && text[position] is (>= ' ' and <= '~') or '\t')
        {
            char character = text[position++];
            if (character == '"')
            {
                return true;
            }

            if (character == '\\' && !(position < text.Length && text[position++] is (>= ' ' and <= '~') or '\t'))
            {
                return false;
            }
        }

        return false;
    }

    private static void SkipWhiteSpace(ReadOnlySpan<char> text, ref int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }
    }
}
