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
                ran++;

                if (!TryRun($"{type.Name}.{benchmark.Name}({benchmark.Parameters})", benchmark))
                {
                    failed++;
                }
            }
        }

        Console.WriteLine($"{ran} benchmarks ran once, {failed} of them failed.");
        return ran > 0 && failed == 0 ? 0 : 1;
    }

    private static bool TryRun(string name, BenchmarkRun benchmark)
    {
        try
        {
            benchmark.SetUp();
            benchmark.Prepare();
            benchmark.RunOnce();
            benchmark.CleanUp();
            Console.WriteLine($"ok      {name}");
            return true;
        }
        catch (TargetInvocationException exception)
        {
            Console.WriteLine($"failed  {name}: {exception.InnerException}");
            return false;
        }
    }
}
