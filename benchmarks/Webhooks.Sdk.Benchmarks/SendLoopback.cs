using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Measuring;
using Webhooks.Sdk.Benchmarks.Sending;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Posts 155 bytes to a receiver on a loopback socket and waits for its answer: the nearest that one machine comes to a network.
/// </summary>
[MemoryDiagnoser]
[ElapsedTime]
public class SendLoopback : Sends
{
    private readonly LoopbackReceiver _receiver;

    public SendLoopback()
        : this(new LoopbackReceiver())
    {
    }

    private SendLoopback(LoopbackReceiver receiver)
        : base(Workshop.OverLoopback(), receiver.Url)
    {
        _receiver = receiver;
    }

    public override void CleanUp()
    {
        base.CleanUp();
        _receiver.Dispose();
    }
}
