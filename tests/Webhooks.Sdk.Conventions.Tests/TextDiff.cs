using System.Collections.Generic;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// Compares two texts by lines, for a person to read.
/// </summary>
internal static class TextDiff
{
    /// <summary>
    /// Lists the lines that differ, with <c>-</c> before those that are only in the first text and <c>+</c> before those only in the second,
    /// each group under the unindented line that it belongs to.
    /// </summary>
    public static IEnumerable<string> Lines(string before, string after)
    {
        string[] a = before.Split('\n');
        string[] b = after.Split('\n');
        int[,] common = LongestCommon(a, b);
        string? heading = null;

        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                heading = a[i] is "" or [' ', ..] ? heading : $"  {a[i]}";
                i++;
                j++;
                continue;
            }

            bool removed = j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]);
            string line = removed ? a[i++] : b[j++];
            if (heading is not null && line.StartsWith(' '))
            {
                yield return heading;
            }

            heading = null;
            yield return $"{(removed ? '-' : '+')} {line}";
        }
    }

    private static int[,] LongestCommon(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];

        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : int.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
