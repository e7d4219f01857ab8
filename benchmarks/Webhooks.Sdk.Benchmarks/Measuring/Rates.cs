using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Compares benchmarks of many operations that run on many threads or wait for a disk: they take turns, by the clock on the wall.
/// </summary>
/// <remarks>
/// The median of the turns is shown with their range; and the median of the ratios to the baseline of the same round, which what disturbs a whole round
/// does not change.
/// </remarks>
internal static class Rates
{
    public const int Rounds = 9;

    /// <summary>Measures a class and gives a table for each combination of its parameters, as Markdown.</summary>
    public static string Run(Type type)
    {
        var tables = new StringBuilder();

        foreach (IGrouping<string, BenchmarkRun> group in BenchmarkRun.Of(type).Where(run => run.IsAwaited).GroupBy(run => run.Parameters, StringComparer.Ordinal))
        {
            BenchmarkRun[] runs = [.. group];
            double[][] rates = Measure(runs);
            double[] baseline = rates[Math.Max(Array.FindIndex(runs, run => run.IsBaseline), 0)];

            tables.Append(CultureInfo.InvariantCulture, $"\n| {(group.Key.Length > 0 ? group.Key : "all")} | per second | range | of the baseline |\n|---|--:|--:|--:|\n");

            for (int i = 0; i < runs.Length; i++)
            {
                double[] rate = rates[i];
                double ratio = Median([.. rate.Select((value, round) => value / baseline[round])]);
                tables.Append(CultureInfo.InvariantCulture, $"| {runs[i].Name} | {Median(rate):N0} | {rate.Min():N0}–{rate.Max():N0} | {ratio:P0} |\n");
            }
        }

        return tables.ToString();
    }

    private static double[][] Measure(BenchmarkRun[] runs)
    {
        Array.ForEach(runs, run => run.SetUp());

        // What the first turns compile does not count.
        foreach (BenchmarkRun run in runs)
        {
            run.Prepare();
            run.RunOnce();
        }

        double[][] rates = [.. runs.Select(_ => new double[Rounds])];

        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                runs[i].Prepare();
                long start = Stopwatch.GetTimestamp();
                runs[i].RunOnce();
                rates[i][round] = runs[i].Operations / Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        Array.ForEach(runs, run => run.CleanUp());
        return rates;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
