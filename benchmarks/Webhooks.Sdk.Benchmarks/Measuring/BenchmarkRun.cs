using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Running;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// One benchmark with its parameters set, in this process.
/// </summary>
internal sealed class BenchmarkRun
{
    private readonly BenchmarkCase _benchmark;
    private readonly object _instance;

    private BenchmarkRun(BenchmarkCase benchmark)
    {
        _benchmark = benchmark;
        _instance = Activator.CreateInstance(benchmark.Descriptor.Type)!;

        foreach (ParameterInstance parameter in benchmark.Parameters.Items)
        {
            benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(_instance, parameter.Value);
        }
    }

    public string Name => _benchmark.Descriptor.WorkloadMethod.Name;

    public bool IsBaseline => _benchmark.Descriptor.Baseline;

    public int Operations => _benchmark.Descriptor.OperationsPerInvoke;

    public bool IsAwaited => typeof(Task).IsAssignableFrom(Workload.ReturnType) || Workload.ReturnType == typeof(ValueTask);

    public MethodInfo Workload => _benchmark.Descriptor.WorkloadMethod;

    /// <summary>
    /// Gets the parameters as they head a table: <c>Name=S</c>.
    /// </summary>
    public string Parameters => string.Join(", ", _benchmark.Parameters.Items.Select(item => $"{item.Name}={item.Value}"));

    /// <summary>
    /// Lists the classes of this project that have benchmarks.
    /// </summary>
    public static IEnumerable<Type> Classes { get; } =
    [
        .. typeof(BenchmarkRun).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute))))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Gives the benchmarks of a class, with its parameters in the order of their attribute.
    /// </summary>
    public static IEnumerable<BenchmarkRun> Of(Type type) =>
        BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases
            .OrderBy(benchmark => benchmark.Parameters.Items.Sum(item => Array.IndexOf(item.Definition.Values, item.Value)))
            .Select(benchmark => new BenchmarkRun(benchmark));

    public void SetUp() => Invoke(_benchmark.Descriptor.GlobalSetupMethod);

    /// <summary>Makes ready what one run uses up.</summary>
    public void Prepare() => Invoke(_benchmark.Descriptor.IterationSetupMethod);

    public void RunOnce() => Invoke(Workload);

    public void CleanUp() => Invoke(_benchmark.Descriptor.GlobalCleanupMethod);

    /// <summary>
    /// Gives what calls the benchmark without reflection.
    /// </summary>
    public Func<T> ToDelegate<T>() => Workload.CreateDelegate<Func<T>>(_instance);

    private void Invoke(MethodInfo? method)
    {
        object? result = method?.Invoke(_instance, parameters: null);

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
