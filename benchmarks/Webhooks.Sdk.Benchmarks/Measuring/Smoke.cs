using System;
using System.Reflection;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Runs every benchmark once in this process: shows that they work, says nothing about their speed.
/// </summary>
internal static class Smoke
{
    /// <summary>Gets whether a benchmark may do less than it measures.</summary>
    public static bool IsRunning { get; private set; }

    public static int RunAll()
    {
        IsRunning = true;
        int failed = 0;
        int ran = 0;

        foreach (Type type in BenchmarkRun.Classes)
        {
            // The cases of [Params] as well.
            foreach (BenchmarkRun benchmark in BenchmarkRun.Of(type))
            {
                Run($"{type.Name}.{benchmark.Name}({benchmark.Parameters})", () =>
                {
                    benchmark.SetUp();
                    benchmark.Prepare();
                    benchmark.RunOnce();
                    benchmark.CleanUp();
                });
            }
        }

        foreach (IFigures figures in Figures.All)
        {
            Run(figures.GetType().Name, () => figures.MeasureAsync().GetAwaiter().GetResult());
        }

        Console.WriteLine($"{ran} benchmarks ran once, {failed} of them failed.");
        return ran > 0 && failed == 0 ? 0 : 1;

        void Run(string name, Action run)
        {
            ran++;

            if (!TryRun(name, run))
            {
                failed++;
            }
        }
    }

    private static bool TryRun(string name, Action run)
    {
        try
        {
            run();
            Console.WriteLine($"ok      {name}");
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Console.WriteLine($"failed  {name}: {(exception as TargetInvocationException)?.InnerException ?? exception}");
            return false;
        }
    }
}
