using System;
using System.Globalization;
using System.Linq;
using System.Runtime;
using System.Text;
using System.Threading;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Compares the benchmarks of a class where the machine is not quiet: they take turns, and the best turn of each counts.
/// </summary>
/// <remarks>
/// What disturbs one disturbs its neighbours too, and what disturbs only some turns does not show in the best. The ratios can be trusted; the times
/// are those of the machine at its best.
/// </remarks>
internal static class Interleaved
{
    private const int FewestWarmUps = 12;
    private const int MostWarmUps = 60;
    private const int QuietWarmUps = 4;
    public const int Rounds = 1000;

    /// <summary>
    /// Measures a class and gives a table for each combination of its parameters, as Markdown.
    /// </summary>
    public static string Run(Type type)
    {
        var tables = new StringBuilder();

        foreach (IGrouping<string, BenchmarkRun> group in BenchmarkRun.Of(type).GroupBy(run => run.Parameters, StringComparer.Ordinal))
        {
            // What is awaited runs on other threads, whose time this one does not see.
            BenchmarkRun[] runs = [.. group.Where(run => !run.IsAwaited)];

            if (runs.Length > 0)
            {
                AppendTable(tables, group.Key, runs, Measure(runs));
            }
        }

        return tables.ToString();
    }

    /// <summary>Whether the benchmarks of a class are measured by the time that passes.</summary>
    public static bool IsElapsedTime(Type type) => type.IsDefined(typeof(ElapsedTimeAttribute), inherit: false);

    private static IStopwatched[] Measure(BenchmarkRun[] runs)
    {
        foreach (BenchmarkRun run in runs)
        {
            run.SetUp();
        }

        IStopwatched[] watched = [.. runs.Select(static run => Watch(run, IsElapsedTime(run.Workload.ReflectedType!)))];

        WarmUp(watched);
        Array.ForEach(watched, benchmark => benchmark.Calibrate());

        for (int i = 0; i < Rounds; i++)
        {
            Array.ForEach(watched, benchmark => benchmark.Measure());
        }

        foreach (BenchmarkRun run in runs)
        {
            run.CleanUp();
        }

        return watched;
    }

    private static void WarmUp(IStopwatched[] watched)
    {
        int quiet = 0;

        for (int i = 0; i < FewestWarmUps || (quiet < QuietWarmUps && i < MostWarmUps); i++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            Array.ForEach(watched, benchmark => benchmark.WarmUp());

            // The runtime recompiles in the background once nothing new has been called for 100 ms; it is done when it finds nothing more to do.
            Thread.Sleep(150);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
    }

    private static IStopwatched Watch(BenchmarkRun run, bool isElapsedTime) => run.Workload.ReturnType switch
    {
        Type type when type == typeof(int) => new Stopwatched<int>(run.Name, run.ToDelegate<int>(), isElapsedTime),
        Type { IsValueType: false } type when type != typeof(void) => new Stopwatched<object>(run.Name, run.ToDelegate<object>(), isElapsedTime),
        Type type => throw new NotSupportedException($"{run.Name} returns {type}; return an int or an object, so that nothing is optimized away."),
    };

    private static void AppendTable(StringBuilder tables, string parameters, BenchmarkRun[] runs, IStopwatched[] watched)
    {
        IStopwatched baseline = watched[Math.Max(Array.FindIndex(runs, run => run.IsBaseline), 0)];

        tables.Append(CultureInfo.InvariantCulture, $"\n| {(parameters.Length > 0 ? parameters : "all")} | time | times as fast as {baseline.Name} | allocated |\n|---|--:|--:|--:|\n");

        foreach (IStopwatched benchmark in watched.OrderByDescending(benchmark => benchmark.Nanoseconds))
        {
            tables.Append(
                CultureInfo.InvariantCulture,
                $"| {benchmark.Name} | {Time(benchmark.Nanoseconds)} | {baseline.Nanoseconds / benchmark.Nanoseconds:0.00} | {benchmark.AllocatedBytes:N0} B |\n");
        }
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns"),
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0} ns"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.0} µs"),
    };
}
