using System;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Runs every benchmark once in this process: shows that they work, says nothing about their speed.
/// </summary>
internal static class Smoke
{
    public static int RunAll()
    {
        int failed = 0;
        int ran = 0;

        foreach (Type type in typeof(Smoke).Assembly.GetTypes().Where(type => !type.IsAbstract && HasBenchmarks(type)).OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            // The cases of [Params] as well.
            foreach (BenchmarkCase benchmark in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases)
            {
                ran++;

                if (!TryRun(benchmark))
                {
                    failed++;
                }
            }
        }

        Console.WriteLine($"{ran} benchmarks ran once, {failed} of them failed.");
        return ran > 0 && failed == 0 ? 0 : 1;
    }

    private static bool HasBenchmarks(Type type) => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute)));

    private static bool TryRun(BenchmarkCase benchmark)
    {
        Descriptor descriptor = benchmark.Descriptor;

        try
        {
            object instance = Activator.CreateInstance(descriptor.Type)!;

            foreach (var parameter in benchmark.Parameters.Items)
            {
                descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
            }

            Invoke(descriptor.GlobalSetupMethod, instance);
            Invoke(descriptor.WorkloadMethod, instance);
            Invoke(descriptor.GlobalCleanupMethod, instance);
            Console.WriteLine($"ok      {descriptor.GetFilterName()}");
            return true;
        }
        catch (TargetInvocationException exception)
        {
            Console.WriteLine($"failed  {descriptor.GetFilterName()}: {exception.InnerException}");
            return false;
        }
    }

    private static void Invoke(MethodInfo? method, object instance)
    {
        object? result = method?.Invoke(instance, parameters: null);

        Task? task = result switch
        {
            Task running => running,
            ValueTask running => running.AsTask(),
            _ => null,
        };

        // ValueTask<T> has no common base to await by; a benchmark that returns one has to return Task<T> instead.
        task?.GetAwaiter().GetResult();
    }
}
