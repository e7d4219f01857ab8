using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A direct send that its first attempt did not settle: the request, the options it began with, and the attempts so far.
/// </summary>
internal sealed class DirectSend(
    WebhookRequest request, WebhookOptions options, AttemptSender sender, DirectRetries retries, AttemptOutcome first)
{
    private readonly List<WebhookAttempt> _attempts = new(capacity: 2) { first.Attempt };
    private bool _isFirstTaken;

    /// <summary>Gets the attempts once the send has ended.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts => [.. _attempts];

    /// <summary>
    /// Gives the first attempt, so that what decides on retries sees it, and makes another at each later call.
    /// </summary>
    public ValueTask<AttemptOutcome> NextAsync(CancellationToken cancellationToken)
    {
        if (_isFirstTaken)
        {
            return RepeatAsync(cancellationToken);
        }

        _isFirstTaken = true;
        return ValueTask.FromResult(first);
    }

    private async ValueTask<AttemptOutcome> RepeatAsync(CancellationToken cancellationToken)
    {
        AttemptOutcome outcome = await sender.SendAsync(request, options, _attempts.Count + 1, cancellationToken).ConfigureAwait(false);
        _attempts.Add(outcome.Attempt);
        return retries.Plan(outcome, options.MaxAttempts, request.ExpiresAt);
    }
}
