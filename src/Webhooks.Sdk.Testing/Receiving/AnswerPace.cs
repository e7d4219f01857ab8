using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// What the receiver waits for before an answer, or before each byte of it: some time, or a gate.
/// </summary>
internal sealed class AnswerPace
{
    private readonly TimeSpan _interval;
    private readonly ReceiverGate? _gate;

    public AnswerPace(TimeSpan interval, string paramName)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero, paramName);
        _interval = interval;
    }

    public AnswerPace(ReceiverGate gate, string paramName)
    {
        ArgumentNullException.ThrowIfNull(gate, paramName);
        _gate = gate;
    }

    public Task PassAsync(TimeProvider timeProvider, CancellationToken cancellationToken) =>
        _gate is null ? Task.Delay(_interval, timeProvider, cancellationToken) : _gate.PassAsync(cancellationToken);
}
