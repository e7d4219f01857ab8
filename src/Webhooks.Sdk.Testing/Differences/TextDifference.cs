using System;
using System.Globalization;

namespace Webhooks.Sdk.Testing.Differences;

/// <summary>
/// Shows where two texts begin to differ.
/// </summary>
internal static class TextDifference
{
    private const int CharactersBefore = 20;
    private const int CharactersShown = 100;

    /// <returns>The position, and below it both texts around it with a mark, control characters made visible.</returns>
    public static string Between(string expected, string actual)
    {
        int position = expected.AsSpan().CommonPrefixLength(actual);
        int start = Math.Max(0, position - CharactersBefore);

        int indent = Excerpt(expected[..position], start, position).Length;

        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            At character {position + 1}:
              {new string(' ', indent)}↓
            - {Excerpt(expected, start, start + CharactersShown)}
            + {Excerpt(actual, start, start + CharactersShown)}
            (-: expected, +: actual)
            """);
    }

    private static string Excerpt(string text, int start, int end)
    {
        string before = start > 0 ? "…" : "";
        string after = end < text.Length ? "…" : "";
        string shown = text[Math.Min(start, text.Length)..Math.Min(end, text.Length)]
            .Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal);

        return $"{before}{shown}{after}";
    }
}
