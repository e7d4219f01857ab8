using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation;

/// <summary>
/// Runs seeds, and stops at the first that fails: with the promise that was not kept, what happened last, and how to run it again.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        var options = Options.Parse(arguments);
        return SingleThread.Run(() => RunAsync(options));
    }

    private static async Task<int> RunAsync(Options options)
    {
        long started = Stopwatch.GetTimestamp();
        (TimeSpan length, long steps, long events, long attempts) = (TimeSpan.Zero, 0, 0, 0);
        int failed = 0;

        for (int seed = options.First; seed < options.First + options.Seeds; seed++)
        {
            using var simulation = new Simulation(seed, options.Breakage, options.Lines);
            SimulationResult result = await simulation.RunAsync();

            if (options.PrintsHashes)
            {
                Print($"seed {seed}: {result.Hash:x16}");
            }

            if (result.Failure is not null)
            {
                failed++;
                Report(seed, options, result);

                if (!options.GoesOn)
                {
                    return 1;
                }
            }

            (length, steps, events, attempts) = (length + result.Length, steps + result.Steps, events + result.Events, attempts + result.Attempts);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Print($"{options.Seeds} seeds from {options.First}: {length.TotalDays:N0} days ({length.TotalDays / options.Seeds:N1} a seed), {events:N0} events, {attempts:N0} attempts, {steps:N0} steps, {failed} failed, in {seconds:N1} s.");
        return failed == 0 ? 0 : 1;
    }

    private static void Report(int seed, Options options, SimulationResult result)
    {
        foreach (string line in result.LastLines)
        {
            Console.Out.WriteLine(line);
        }

        Print($"Seed {seed} failed after {result.Steps:N0} steps. {result.Failure}");
        Print($"Again: dotnet Webhooks.Sdk.Simulation.dll --first {seed} --break {options.Breakage}");
    }

    private static void Print(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
