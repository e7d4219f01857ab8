using System;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// A gate that a <see cref="WebhookReceiver"/> waits at until the test lets it pass: a slow receiver without a clock.
/// </summary>
/// <remarks>
/// Closed at first. Before an answer (<see cref="ReceiverAnswer.After(ReceiverGate)"/>) the receiver comes to the gate once; when it drips
/// (<see cref="ReceiverAnswer.DripBody(ReceiverGate)"/>), once for each byte. One gate may serve several answers. Thread-safe.
/// </remarks>
public sealed class ReceiverGate
{
    // One item a pass; completed when the gate is open.
    private readonly Channel<bool> _passes = Channel.CreateUnbounded<bool>();
    private readonly Tally _arrivals = new("arrivals at the gate");

    /// <summary>Gets how often the receiver has come to the gate, whether it passed or not.</summary>
    public int Arrivals => _arrivals.Count;

    /// <summary>Opens the gate for good, to those who wait and those who come later.</summary>
    public void Open() => _passes.Writer.TryComplete();

    /// <summary>Lets the receiver pass a number of times, now or when it comes.</summary>
    /// <param name="count">How often; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public void LetPass(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);

        for (int i = 0; i < count; i++)
        {
            _passes.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits until the receiver has come to the gate <paramref name="count"/> times; 30 seconds at most.</summary>
    /// <param name="count">How often, since the gate was made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <exception cref="WebhookAssertionException">The receiver did not come that often in 30 seconds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task WaitForArrivalsAsync(int count, CancellationToken cancellationToken = default) =>
        _arrivals.WaitForAsync(count, Tally.DefaultPatience, cancellationToken);

    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        _arrivals.Add();

        while (await _passes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && !_passes.Reader.TryRead(out _))
        {
            // Another connection was faster.
        }
    }
}
