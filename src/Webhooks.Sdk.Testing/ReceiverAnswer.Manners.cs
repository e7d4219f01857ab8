using System;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <content>When an answer comes, and where it breaks off.</content>
public sealed partial class ReceiverAnswer
{
    /// <summary>Waits before the first thing it does: answering, or breaking off where that comes earlier.</summary>
    /// <param name="delay">How long, by <see cref="WebhookReceiverOptions.TimeProvider"/>.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public ReceiverAnswer After(TimeSpan delay) => new(Plan with { Delay = new AnswerPace(delay, nameof(delay)) });

    /// <summary>Waits at a gate before the first thing it does: answering, or breaking off where that comes earlier.</summary>
    /// <param name="gate">The gate.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gate"/> is null.</exception>
    public ReceiverAnswer After(ReceiverGate gate) => new(Plan with { Delay = new AnswerPace(gate, nameof(gate)) });

    /// <summary>Writes the status line and the headers byte by byte.</summary>
    /// <param name="interval">How long to wait before each byte, by <see cref="WebhookReceiverOptions.TimeProvider"/>.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer DripHeaders(TimeSpan interval) => new(Http() with { HeadPace = new AnswerPace(interval, nameof(interval)) });

    /// <summary>Writes the status line and the headers byte by byte.</summary>
    /// <param name="gate">What to wait at before each byte.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gate"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer DripHeaders(ReceiverGate gate) => new(Http() with { HeadPace = new AnswerPace(gate, nameof(gate)) });

    /// <summary>Writes the body byte by byte, or all of a raw answer.</summary>
    /// <param name="interval">How long to wait before each byte, by <see cref="WebhookReceiverOptions.TimeProvider"/>.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is negative.</exception>
    public ReceiverAnswer DripBody(TimeSpan interval) => new(Plan with { BodyPace = new AnswerPace(interval, nameof(interval)) });

    /// <summary>Writes the body byte by byte, or all of a raw answer.</summary>
    /// <param name="gate">What to wait at before each byte.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gate"/> is null.</exception>
    public ReceiverAnswer DripBody(ReceiverGate gate) => new(Plan with { BodyPace = new AnswerPace(gate, nameof(gate)) });

    /// <summary>Closes the connection (TCP FIN) when the answer has come to a stage.</summary>
    /// <param name="stage">The stage. A second ending takes the place of the first.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stage"/> is not defined.</exception>
    public ReceiverAnswer CloseAt(ReceiverStage stage) => EndAt(stage, AnswerEnding.Close);

    /// <summary>
    /// Resets the connection (TCP RST) when the answer has come to a stage. On some systems a client then loses what it has not read yet.
    /// </summary>
    /// <inheritdoc cref="CloseAt"/>
    public ReceiverAnswer ResetAt(ReceiverStage stage) => EndAt(stage, AnswerEnding.Reset);

    /// <summary>
    /// Falls silent when the answer has come to a stage, with the connection open. Before TLS has begun, the handshake never ends.
    /// </summary>
    /// <inheritdoc cref="CloseAt"/>
    public ReceiverAnswer SilentAt(ReceiverStage stage) => EndAt(stage, AnswerEnding.Silence);

    private ReceiverAnswer EndAt(ReceiverStage stage, AnswerEnding ending)
    {
        if (!Enum.IsDefined(stage))
        {
            throw new ArgumentOutOfRangeException(nameof(stage), stage, "There is no such stage.");
        }

        return new(Plan with { EndsAt = stage, Ending = ending });
    }
}
