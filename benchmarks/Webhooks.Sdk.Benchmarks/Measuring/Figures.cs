using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// The classes of this project that give figures of their own, and how their tables look.
/// </summary>
internal static class Figures
{
    public static IEnumerable<IFigures> All { get; } =
    [
        .. typeof(IFigures).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IFigures)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (IFigures)Activator.CreateInstance(type)!),
    ];

    /// <summary>Gives a table as Markdown: names to the left, figures to the right.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows) =>
        string.Concat(rows
            .Prepend(["---", .. Enumerable.Repeat("--:", head.Length - 1)])
            .Prepend(head)
            .Select(static cells => cells[0] == "---" ? $"|{string.Join('|', cells)}|\n" : $"| {string.Join(" | ", cells)} |\n")
            .Prepend("\n"));
}
