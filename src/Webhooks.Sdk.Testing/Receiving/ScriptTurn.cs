using System;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// One turn of a script: an answer, or a function that finds one for the request.
/// </summary>
internal sealed class ScriptTurn
{
    private readonly AnswerPlan? _plan;
    private readonly Func<ReceivedRequest, ReceiverAnswer>? _choose;

    /// <exception cref="ArgumentException">The answer cannot be written as planned.</exception>
    public ScriptTurn(ReceiverAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);

        if (answer.Plan.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(answer));
        }

        _plan = answer.Plan;
    }

    public ScriptTurn(Func<ReceivedRequest, ReceiverAnswer> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        _choose = choose;
    }

    public bool ActsOnAccept => _plan is { ActsOnAccept: true };

    /// <summary>Whether the answer ends at a stage that comes before the request is read; one that depends on the request never does.</summary>
    public bool Ends(ReceiverStage stage) => _plan is not null && _plan.Ends(stage);

    /// <summary>Gets the plan of an answer that does not depend on the request.</summary>
    public AnswerPlan Plan => _plan ?? throw new InvalidOperationException("The answer depends on the request.");

    /// <exception cref="WebhookReceiverException">The test's function threw, or found no answer that can be written.</exception>
    public AnswerPlan PlanFor(ReceivedRequest request)
    {
        if (_choose is null)
        {
            return Plan;
        }

        AnswerPlan plan;

        try
        {
            plan = (_choose(request) ?? throw new InvalidOperationException("The function returned null.")).Plan;
        }
        catch (Exception exception)
        {
            throw new WebhookReceiverException($"The function that should choose the answer to {request} threw: {exception.Message}", exception);
        }

        string? problem = plan.EndsAt < ReceiverStage.AfterRequestBody || plan.IsUnasked
            ? "It begins before the request is read, which it was chosen for. Put it into the script as it is, not into a function."
            : plan.FindProblem();

        return problem is null ? plan : throw new WebhookReceiverException($"The answer to {request} cannot be written. {problem}");
    }
}
