using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>What happened: a hash of all of it, and the last lines to read. Holds nothing that differs between two runs of a seed.</summary>
internal sealed class Trace(Agenda agenda, int kept)
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly Queue<(TimeSpan At, string Who, string What, string About)> _lines = new();

    /// <summary>Gets a hash (FNV-1a) of every line.</summary>
    public ulong Hash { get; private set; } = Basis;

    public long Count { get; private set; }

    public void Add(string who, string what, string about = "")
    {
        Count++;
        Mix(agenda.Now.Ticks);
        Mix(who);
        Mix(what);
        Mix(about);

        if (_lines.Count == kept)
        {
            _lines.Dequeue();
        }

        _lines.Enqueue((agenda.Now, who, what, about));
    }

    public IEnumerable<string> Last() =>
        _lines.Select(static line => string.Create(CultureInfo.InvariantCulture, $@"{line.At:d\.hh\:mm\:ss\.fff} {line.Who,-8} {line.What} {line.About}"));

    /// <summary>Says of an answer what is the same in every run.</summary>
    public static string Describe<T>(T answer) => answer switch
    {
        IReadOnlyList<DueDelivery> due => string.Join(' ', due.Select(static each => $"{each.Id}{(each.IsDue ? "" : "?")}")),
        ICollection { Count: var count } => count.ToString(CultureInfo.InvariantCulture),
        CommitSummary { Applied: var applied } => applied.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        bool isSo => isSo ? "yes" : "no",
        _ => "",
    };

    private void Mix(string text)
    {
        foreach (char c in text)
        {
            Hash = (Hash ^ c) * Prime;
        }
    }

    private void Mix(long number) => Hash = (Hash ^ (ulong)number) * Prime;
}
