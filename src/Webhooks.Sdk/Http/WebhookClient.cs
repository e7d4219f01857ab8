using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Webhooks.Sdk.Telemetry;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Sends a request directly: attempt after attempt, as far as that does no harm.
/// </summary>
internal sealed class WebhookClient(
    AttemptSender attempts,
    IOptionsMonitor<WebhookOptions> options,
    DirectRetries retries,
    WebhookTelemetry telemetry,
    ILogger<WebhookClient> logger) : IWebhookClient
{
    public Task<WebhookResult> SendAsync(WebhookRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        return WebhookTelemetry.IsTraced ? SendTracedAsync(request, cancellationToken) : SendCoreAsync(request, cancellationToken);
    }

    private async Task<WebhookResult> SendTracedAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        Activity? span = WebhookTelemetry.StartSend(request);
        WebhookResult? result = null;

        try
        {
            result = await SendCoreAsync(request, cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            WebhookTelemetry.EndSend(span, result);
        }
    }

    private async Task<WebhookResult> SendCoreAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        WebhookOptions current = options.CurrentValue;

        // Uri.Query makes a string at each call: the length of the whole URL is looked at first.
        if (request.Url.OriginalString.Length > ReceiverUrl.LongQuery && request.Url.Query.Length > ReceiverUrl.LongQuery)
        {
            Log.LongQuery(logger, request.Receiver, request.Url.Query.Length, ReceiverUrl.LongQuery);
        }

        AttemptOutcome last = await attempts.SendAsync(request, current, number: 1, cancellationToken).ConfigureAwait(false);
        last = retries.Plan(last, current.MaxAttempts, request.ExpiresAt);
        IReadOnlyList<WebhookAttempt> made = [last.Attempt];

        // Most sends are settled by their first attempt, and pay nothing for retries.
        if (last.NextDelay is not null)
        {
            var send = new DirectSend(request, current, attempts, retries, last);
            last = await RetryAsync(send, current.MaxAttempts, cancellationToken).ConfigureAwait(false);
            made = send.Attempts;
        }

        var result = new WebhookResult(last.Failure, made, last.ResponseText, AnswerHeaders.Of(last.Answer), last.RetryAfter);
        Log.Settled(logger, request, result);
        telemetry.Settled(request, result);
        return result;
    }

    private async ValueTask<AttemptOutcome> RetryAsync(DirectSend send, int maxAttempts, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);

        try
        {
            return await retries.For(maxAttempts)
                .ExecuteAsync(static (context, send) => send.NextAsync(context.CancellationToken), context, send)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
