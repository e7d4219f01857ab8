using System;
using System.Globalization;
using Webhooks.Sdk.Simulation.Storing;

namespace Webhooks.Sdk.Simulation;

/// <summary>What the program is asked to do.</summary>
internal sealed record Options
{
    /// <summary>Gets the first seed.</summary>
    public int First { get; private init; } = 1;

    /// <summary>Gets how many seeds are run.</summary>
    public int Seeds { get; private init; } = 1;

    /// <summary>Gets what is broken on purpose.</summary>
    public Breakage Breakage { get; private init; }

    /// <summary>Gets how many lines of a failing seed are shown.</summary>
    public int Lines { get; private init; } = 40;

    /// <summary>Gets whether the hash of each seed is printed.</summary>
    public bool PrintsHashes { get; private init; }

    /// <summary>Gets whether the seeds after one that failed are run, too.</summary>
    public bool GoesOn { get; private init; }

    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();

        for (; arguments is [var name, var value, ..]; arguments = arguments[2..])
        {
            options = name switch
            {
                "--first" => options with { First = Number(value) },
                "--seeds" => options with { Seeds = Number(value) },
                "--lines" => options with { Lines = Number(value) },
                "--break" => options with { Breakage = Enum.Parse<Breakage>(value) },
                "--hashes" => options with { PrintsHashes = bool.Parse(value) },
                "--go-on" => options with { GoesOn = bool.Parse(value) },
                _ => throw Unknown(name),
            };
        }

        return arguments is [var left, ..] ? throw Unknown(left) : options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ArgumentException Unknown(string argument) =>
        new($"There is no {argument}: --seeds N --first N --lines N --break {string.Join('|', Enum.GetNames<Breakage>())} --hashes true --go-on true.");
}
