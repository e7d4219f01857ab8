using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk;

/// <summary>
/// The form of an event's subject and source, so that every format can carry them (CloudEvents 1.0.2, section 3.1).
/// </summary>
internal static class EventAttribute
{
    public const int MaxSubjectLength = 256;
    public const int MaxSourceLength = 1024;

    // RFC 3986, section 2: what a URI reference is written with.
    private static readonly SearchValues<char> UriCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    public static void ValidateSubject(string subject, string paramName)
    {
        ValidateLength(subject, MaxSubjectLength, paramName);

        int position = 0;

        foreach (Rune rune in subject.EnumerateRunes())
        {
            // Half of a surrogate pair is read as U+FFFD.
            if (Rune.IsControl(rune) || (rune == Rune.ReplacementChar && subject[position] != '\uFFFD'))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The subject has U+{(int)subject[position]:X4} at position {position}; control characters and halves of surrogate pairs cannot be sent."),
                    paramName);
            }

            position += rune.Utf16SequenceLength;
        }
    }

    public static void ValidateSource(string source, string paramName)
    {
        ValidateLength(source, MaxSourceLength, paramName);

        if (source.AsSpan().IndexOfAnyExcept(UriCharacters) is var bad and >= 0)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The source is a URI reference like https://billing.example or /billing (RFC 3986), but has U+{(int)source[bad]:X4} at position {bad}; percent-escape it."),
                paramName);
        }

        if (!source.Split('%').Skip(1).All(static escape => escape is [var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low)))
        {
            throw new ArgumentException("The source has a percent sign without two hexadecimal digits after it; write it as %25.", paramName);
        }
    }

    private static void ValidateLength(string value, int most, string paramName)
    {
        ArgumentNullException.ThrowIfNull(value, paramName);

        if (value.Length == 0 || value.Length > most)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The value must have 1 to {most:N0} characters, but has {value.Length:N0}."), paramName);
        }
    }
}
