using System;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// What a <see cref="WebhookReceiver"/> answers, request after request; the last answer is given to all that follow.
/// </summary>
/// <remarks>
/// Begun by <see cref="WebhookReceiver.Answers(int)"/> and its like. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// receiver.Answers(503).Times(2).Then(ReceiverAnswer.Silence()).Then(200);
/// </code>
/// </example>
public sealed class ReceiverScript
{
    private readonly Turns<ScriptTurn> _turns;

    internal ReceiverScript(ScriptTurn first)
    {
        _turns = new Turns<ScriptTurn>(first);
    }

    /// <summary>Adds an answer of a status without a body.</summary>
    /// <param name="statusCode">The status, from 200 to 999.</param>
    /// <returns>This script.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    public ReceiverScript Then(int statusCode) => Then(ReceiverAnswer.Status(statusCode));

    /// <summary>Adds an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>This script.</returns>
    /// <exception cref="ArgumentException"><paramref name="answer"/> contradicts itself; the message says how.</exception>
    public ReceiverScript Then(ReceiverAnswer answer)
    {
        _turns.Add(new ScriptTurn(answer));
        return this;
    }

    /// <summary>Adds an answer that depends on the request.</summary>
    /// <param name="choose">
    /// Finds the answer once the request is read. What it throws is thrown by what the test calls next, as
    /// <see cref="WebhookReceiverException"/>; the client's connection is reset.
    /// </param>
    /// <returns>This script.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="choose"/> is null.</exception>
    public ReceiverScript Then(Func<ReceivedRequest, ReceiverAnswer> choose)
    {
        _turns.Add(new ScriptTurn(choose));
        return this;
    }

    /// <summary>Gives the answer that was added last <paramref name="count"/> times, itself included, before the next one.</summary>
    /// <param name="count">How often; at least 1.</param>
    /// <returns>This script.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public ReceiverScript Times(int count)
    {
        _turns.RepeatLast(count);
        return this;
    }

    internal ScriptTurn Take() => _turns.Take();

    internal ScriptTurn? TakeOnAccept() => _turns.TakeIf(static turn => turn.ActsOnAccept);
}
