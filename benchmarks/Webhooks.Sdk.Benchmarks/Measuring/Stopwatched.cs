using System;
using System.Runtime.CompilerServices;
using Perfolizer.Horology;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Times batches of calls of one benchmark and keeps the best.
/// </summary>
internal sealed class Stopwatched<T>(string name, Func<T> benchmark) : IStopwatched
{
    private static readonly IClock Clock = ThreadCpuClock.Instance.IsAvailable ? ThreadCpuClock.Instance : Chronometer.BestClock;

    private static readonly Func<T> Nothing = () => default!;

    // Long enough for the clock's own cost (about a microsecond) not to count, and short enough to fall between two interruptions.
    private const double BatchNanoseconds = 200_000;

    // More than the runtime counts before it compiles a method again.
    private const int WarmUpCalls = 100;

    private readonly StrongBox<T?> _result = new();
    private int _calls = 1;
    private double _best = double.MaxValue;
    private double _bestOfNothing = double.MaxValue;

    public string Name => name;

    public double Nanoseconds => Math.Max(_best - _bestOfNothing, 0);

    public long AllocatedBytes { get; private set; }

    public void WarmUp() => Run(benchmark, WarmUpCalls);

    public void Calibrate()
    {
        double once = double.MaxValue;

        for (int i = 0; i < 20; i++)
        {
            once = Math.Min(once, Run(benchmark, 1 + (i / 10 * 9)) / (1 + (i / 10 * 9)));
        }

        _calls = (int)Math.Clamp(BatchNanoseconds / once, 1, 100_000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(benchmark, _calls);
        AllocatedBytes = (GC.GetAllocatedBytesForCurrentThread() - before) / _calls;
    }

    public void Measure()
    {
        _best = Math.Min(_best, Run(benchmark, _calls) / _calls);
        _bestOfNothing = Math.Min(_bestOfNothing, Run(Nothing, _calls) / _calls);
    }

    // Optimized at once and without a profile, or the first benchmark that came along would be inlined here and the others not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private double Run(Func<T> call, int calls)
    {
        StrongBox<T?> result = _result;
        long start = Clock.GetTimestamp();

        for (int i = 0; i < calls; i++)
        {
            result.Value = call();
        }

        return (Clock.GetTimestamp() - start) * 1e9 / Clock.Frequency.Hertz;
    }
}
