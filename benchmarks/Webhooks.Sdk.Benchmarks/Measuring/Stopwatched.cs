using System;
using System.Runtime.CompilerServices;
using Perfolizer.Horology;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Times batches of calls of one benchmark and keeps the best.
/// </summary>
internal sealed class Stopwatched<T>(string name, Func<T> benchmark, bool isElapsedTime) : IStopwatched
{
    private static readonly Func<T> Nothing = () => default!;

    // Long enough for the clock's own cost (about a microsecond) not to count, and short enough to fall between two interruptions.
    private const double BatchNanoseconds = 200_000;

    // More than the runtime counts before it compiles a method again.
    private const int WarmUpCalls = 100;

    private readonly IClock _clock = ThreadCpuClock.Instance.IsAvailable && !isElapsedTime ? ThreadCpuClock.Instance : Chronometer.BestClock;
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

        long before = CountAllocatedBytes();
        Run(benchmark, _calls);
        AllocatedBytes = (CountAllocatedBytes() - before) / _calls;
    }

    public void Measure()
    {
        _best = Math.Min(_best, Run(benchmark, _calls) / _calls);
        _bestOfNothing = Math.Min(_bestOfNothing, Run(Nothing, _calls) / _calls);
    }

    private long CountAllocatedBytes() => isElapsedTime ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    // Optimized at once and without a profile, or the first benchmark that came along would be inlined here and the others not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private double Run(Func<T> call, int calls)
    {
        StrongBox<T?> result = _result;
        long start = _clock.GetTimestamp();

        for (int i = 0; i < calls; i++)
        {
            result.Value = call();
        }

        return (_clock.GetTimestamp() - start) * 1e9 / _clock.Frequency.Hertz;
    }
}
