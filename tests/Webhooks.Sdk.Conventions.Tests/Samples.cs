using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// Compares the code that a page shows with the sample that is built and run.
/// </summary>
/// <remarks>
/// A page says <c>&lt;!-- sample: path#region --&gt;</c> before a block of code; in the sample, the same text stands between the lines
/// <c>// &lt;region&gt;</c> and <c>// &lt;/region&gt;</c>, at any indentation.
/// </remarks>
internal static partial class Samples
{
    public static bool IsShownIn(string page) => Marker.IsMatch(page);

    /// <summary>
    /// Lists what differs.
    /// </summary>
    /// <param name="path">The page's path, for the messages.</param>
    /// <param name="page">The page.</param>
    /// <param name="read">Gives the text of a sample by its path, or null when there is none.</param>
    public static IEnumerable<string> Check(string path, string page, Func<string, string?> read)
    {
        foreach (Match marker in Marker.Matches(page))
        {
            string place = $"{path}:{page.AsSpan(0, marker.Index).Count('\n') + 1}";
            string name = marker.Groups["region"].Value;
            Match block = Block.Match(page, marker.Index + marker.Length);

            if (read(marker.Groups["path"].Value) is not { } sample)
            {
                yield return $"{place}: there is no file {marker.Groups["path"].Value}.";
            }
            else if (!block.Success)
            {
                yield return $"{place}: no block of C# follows the marker.";
            }
            else if (Region(sample, name) is not { } region)
            {
                yield return $"{place}: {marker.Groups["path"].Value} has no lines // <{name}> and // </{name}>.";
            }
            else if (region != block.Groups["code"].Value.TrimEnd())
            {
                yield return $"{place}: differs from {marker.Groups["path"].Value} (-: page, +: sample).\n"
                    + string.Join('\n', TextDiff.Lines(block.Groups["code"].Value.TrimEnd(), region));
            }
        }
    }

    private static string? Region(string sample, string name)
    {
        string[] lines = sample.Split('\n');
        int start = Array.FindIndex(lines, line => line.Trim() == $"// <{name}>");
        int end = Array.FindIndex(lines, line => line.Trim() == $"// </{name}>");
        if (start < 0 || end < start)
        {
            return null;
        }

        string[] region = lines[(start + 1)..end];
        int indent = region.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();

        return string.Join('\n', region.Select(line => line.Length < indent ? "" : line[indent..])).Trim('\n');
    }

    [GeneratedRegex(@"<!--\s*sample:\s*(?<path>[^\s#]+)#(?<region>\S+)\s*-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker { get; }

    [GeneratedRegex(@"\G\s*```(csharp|cs)\n(?<code>.*?)^```\s*?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block { get; }
}
