using System.Globalization;
using System.Text;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Makes JSON names of C# names, the same that System.Text.Json makes.
/// </summary>
internal static class JsonNames
{
    /// <summary>
    /// The numbers of <c>JsonKnownNamingPolicy</c>.
    /// </summary>
    private const int Unspecified = 0;
    private const int CamelCase = 1;
    private const int SnakeCaseLower = 2;
    private const int SnakeCaseUpper = 3;
    private const int KebabCaseLower = 4;
    private const int KebabCaseUpper = 5;

    public static bool IsKnown(int policy) => policy is >= Unspecified and <= KebabCaseUpper;

    public static string Convert(string name, int policy) => policy switch
    {
        CamelCase => ToCamelCase(name),
        SnakeCaseLower => ToWords(name, '_', upper: false),
        SnakeCaseUpper => ToWords(name, '_', upper: true),
        KebabCaseLower => ToWords(name, '-', upper: false),
        KebabCaseUpper => ToWords(name, '-', upper: true),
        _ => name,
    };

    /// <summary>
    /// Escapes what RFC 8259 section 7 requires; a lone surrogate becomes U+FFFD.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);

        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];

            switch (character)
            {
                case '"' or '\\':
                    escaped.Append('\\').Append(character);
                    break;
                case < ' ':
                    escaped.Append(EscapeControl(character));
                    break;
                case >= '\uD800' and <= '\uDFFF' when i + 1 < text.Length && char.IsSurrogatePair(character, text[i + 1]):
                    escaped.Append(character).Append(text[++i]);
                    break;
                case >= '\uD800' and <= '\uDFFF':
                    escaped.Append('\uFFFD');
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }

        return escaped.ToString();
    }

    private static string EscapeControl(char character) => character switch
    {
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
    };

    // Capitals at the beginning become small, but for the last one when a small letter follows it: IOStream is ioStream.
    private static string ToCamelCase(string name)
    {
        char[] characters = name.ToCharArray();

        for (int i = 0; i < characters.Length && char.IsUpper(characters[i]); i++)
        {
            bool startsWord = i > 0 && i + 1 < characters.Length && !char.IsUpper(characters[i + 1]);

            if (startsWord)
            {
                break;
            }

            characters[i] = char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }

    // A capital begins a word after a small letter or digit, and before a small letter: IOStream2Go is io_stream2_go.
    private static string ToWords(string name, char separator, bool upper)
    {
        var words = new StringBuilder(name.Length + 8);

        for (int i = 0; i < name.Length; i++)
        {
            char character = name[i];
            bool startsWord = i > 0 && char.IsUpper(character)
                && (IsSmall(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));

            if (startsWord)
            {
                words.Append(separator);
            }

            words.Append(upper && IsSmall(character) ? char.ToUpperInvariant(character)
                : !upper && char.IsUpper(character) ? char.ToLowerInvariant(character)
                : character);
        }

        return words.ToString();
    }

    private static bool IsSmall(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber;
}
