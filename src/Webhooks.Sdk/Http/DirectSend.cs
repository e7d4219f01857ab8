using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// One direct send under way: its request, the options it began with, and the attempts so far.
/// </summary>
internal sealed class DirectSend(WebhookRequest request, WebhookOptions options, AttemptSender sender, DirectRetries retries)
{
    private readonly List<WebhookAttempt> _attempts = new(capacity: 1);

    /// <summary>Gets the attempts once the send has ended.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts => [.. _attempts];

    public async ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        AttemptOutcome outcome = await sender.SendAsync(request, options, _attempts.Count + 1, cancellationToken).ConfigureAwait(false);
        _attempts.Add(outcome.Attempt);
        return retries.Plan(outcome, options.MaxAttempts, request.ExpiresAt);
    }
}
