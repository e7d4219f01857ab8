using System;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Http;

/// <content>The way to the attempt: through the endpoint's lane, where it has one, and past whoever measures.</content>
internal sealed partial class AttemptSender
{
    /// <summary>
    /// Makes an attempt. Where its endpoint has limits, it waits for its turn.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The endpoint is registered by name, and its options are no longer valid. Nothing else is thrown.
    /// </exception>
    public ValueTask<AttemptOutcome> SendAsync(WebhookRequest request, WebhookOptions options, int number, CancellationToken cancellationToken)
    {
        // Once for the attempt: what the operator changed since the last one counts.
        WebhookEndpoint? endpoint = request.CurrentEndpoint;

        return endpoint is { Limits.ShareLane: true }
            ? SendInLaneAsync(request, endpoint, options, number, cancellationToken)
            : ObserveAsync(request, endpoint, options, number, cancellationToken);
    }

    /// <summary>
    /// Makes an attempt in a place that the caller was given by <see cref="EndpointLanes.TryEnter"/>, and gives it back; without a place it is not made.
    /// </summary>
    /// <inheritdoc cref="SendAsync(WebhookRequest, WebhookOptions, int, CancellationToken)"/>
    public async ValueTask<AttemptOutcome> SendAsync(
        WebhookRequest request, WebhookEndpoint endpoint, WebhookOptions options, int number, Admission admission, CancellationToken cancellationToken)
    {
        if (admission.Place is not { } place)
        {
            return Withhold(request, endpoint, number, admission.Failure, admission.RetryAfter);
        }

        using (place)
        {
            if (place.Circuit is not { } circuit)
            {
                return await ObserveAsync(request, endpoint, options, number, cancellationToken).ConfigureAwait(false);
            }

            (AttemptOutcome outcome, TimeSpan? openFor) = await circuit.ExecuteAsync(
                static (call, cancellationToken) => call.Sender.ObserveAsync(call.request, call.endpoint, call.options, call.number, cancellationToken),
                (Sender: this, request, endpoint, options, number),
                cancellationToken).ConfigureAwait(false);

            return openFor is null ? outcome : Withhold(request, endpoint, number, WebhookFailure.CircuitOpen, openFor);
        }
    }

    private async ValueTask<AttemptOutcome> SendInLaneAsync(
        WebhookRequest request, WebhookEndpoint endpoint, WebhookOptions options, int number, CancellationToken cancellationToken)
    {
        Admission admission = await lanes.EnterAsync(endpoint, cancellationToken).ConfigureAwait(false);
        return await SendAsync(request, endpoint, options, number, admission, cancellationToken).ConfigureAwait(false);
    }

    private AttemptOutcome Withhold(WebhookRequest request, WebhookEndpoint endpoint, int number, WebhookFailure failure, TimeSpan? retryAfter)
    {
        telemetry.AttemptWithheld(request, endpoint, failure);

        return new AttemptOutcome
        {
            Request = request,
            Attempt = new AttemptClock(timeProvider, number).End(statusCode: null, failure, error: null),
            RetryAfter = retryAfter,
        };
    }

    // Without a listener the attempt is made as if there were no telemetry.
    private ValueTask<AttemptOutcome> ObserveAsync(
        WebhookRequest request, WebhookEndpoint? endpoint, WebhookOptions options, int number, CancellationToken cancellationToken) =>
        telemetry.IsObserved
            ? TransmitObservedAsync(request, endpoint, options, number, cancellationToken)
            : TransmitAsync(request, endpoint, options, number, cancellationToken);

    private async ValueTask<AttemptOutcome> TransmitObservedAsync(
        WebhookRequest request, WebhookEndpoint? endpoint, WebhookOptions options, int number, CancellationToken cancellationToken)
    {
        AttemptObservation observation = telemetry.StartAttempt(request, endpoint, number);
        WebhookAttempt? attempt = null;

        try
        {
            AttemptOutcome outcome = await TransmitAsync(request, endpoint, options, number, cancellationToken).ConfigureAwait(false);
            attempt = outcome.Attempt;
            return outcome;
        }
        finally
        {
            telemetry.EndAttempt(observation, request, endpoint, attempt);
        }
    }
}
