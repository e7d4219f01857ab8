using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Makes one attempt of a delivery, and says what becomes of it. Thread-safe.
/// </summary>
internal sealed class DeliveryWorker(DispatcherParts parts, EndpointSettings settings, LeaseKeeper leases, EndpointStop stop)
{
    // Operators who pause an endpoint, and owners who change a secret, need not wait for what lies in a queue.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterMisconfiguration = TimeSpan.FromMinutes(1);

    // A store that is slow makes many wait for long: one reading for each would make it slower still.
    private readonly SharedReading<Guid, StoredEvent> _events = new((keys, token) => parts.Store.ReadEventsAsync(keys, token), static found => found.Key);
    private readonly SharedReading<string, StoredEndpoint> _endpoints =
        new((ids, token) => parts.Store.ReadEndpointsAsync(ids, token), static found => found.Id);

    /// <returns>What came of it; null when no attempt may be made now: the lease is lost, or the endpoint stopped.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DeliveryOutcome?> AttemptAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (!await IsAllowedAsync(item, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        if (item.Delivery.IsExpired)
        {
            return GiveUp(item, made: null, DeadLetterReason.Expired);
        }

        try
        {
            if (!settings.TryFind(item.Endpoint, out WebhookEndpoint? endpoint) || !TryCompose(item, endpoint, out WebhookRequest? request))
            {
                await stop.PauseUnreadableAsync(item.Endpoint.Id, cancellationToken).ConfigureAwait(false);
                return null;
            }

            return request is null
                ? GiveUp(item, Unsent(item), DeadLetterReason.Unsendable)
                : await SendAsync(item, endpoint, request.PublishedIn(item.Event.Stored.TraceParent), cancellationToken).ConfigureAwait(false);
        }
        catch (OptionsValidationException exception)
        {
            Log.DeliveryFailed(parts.Logger, item.Delivery.Id, item.Endpoint.Id, exception.GetType().Name, AfterMisconfiguration);
            return new DeliveryOutcome
            {
                DeliveryId = item.Delivery.Id,
                Attempt = item.Delivery.Attempt,
                Kind = DeliveryOutcomeKind.Retry,
                RetryIn = AfterMisconfiguration,
            };
        }
    }

    private async ValueTask<bool> IsAllowedAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (parts.TimeProvider.GetElapsedTime(item.ReadAt) > Fresh && !await IsStillWantedAsync(item, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        return item.Endpoint.State == WebhookEndpointState.Active && leases.IsTrusted(item.Endpoint.Id);
    }

    /// <summary>Looks once more at what lay in a queue.</summary>
    private async ValueTask<bool> IsStillWantedAsync(WorkItem item, CancellationToken cancellationToken)
    {
        try
        {
            // An event that was erased is sent to nobody any more. The endpoint is read last: a stop is the more urgent.
            if (await _events.FindAsync(item.Delivery.EventKey, cancellationToken).ConfigureAwait(false) is null
                || await _endpoints.FindAsync(item.Endpoint.Id, cancellationToken).ConfigureAwait(false) is not { } current)
            {
                return false;
            }

            item.Endpoint = current;
            return true;
        }
        catch (WebhookStoreException exception)
        {
            // Nothing that the delivery has to wait for: it is read again with the rest.
            Log.StoreFailed(parts.Logger, exception.GetType().Name, TimeSpan.Zero);
            return false;
        }
    }

    private async Task<DeliveryOutcome?> SendAsync(WorkItem item, WebhookEndpoint endpoint, WebhookRequest request, CancellationToken cancellationToken)
    {
        int number = item.Delivery.Attempt + 1;
        WebhookEndpoint current = request.CurrentEndpoint ?? endpoint;

        // Without waiting for a turn: what waits would hold up the deliveries to others.
        Admission admission = parts.Lanes.TryEnter(current);
        AttemptOutcome outcome =
            await parts.Attempts.SendAsync(request, current, parts.Options, number, admission, cancellationToken).ConfigureAwait(false);
        StoredAttempt made = ToStored(outcome.Attempt);

        if (made.Failure == WebhookFailure.None)
        {
            return OutcomeOf(item, DeliveryOutcomeKind.Delivered) with { Made = made };
        }

        if (made.Failure is WebhookFailure.Paced or WebhookFailure.CircuitOpen)
        {
            // Nothing was sent: no attempt of the schedule is spent.
            item.PutOffFor = PutOff.For(outcome.RetryAfter);
            return OutcomeOf(item, DeliveryOutcomeKind.Retry) with { RetryIn = item.PutOffFor.Value };
        }

        if (made.Failure == WebhookFailure.Expired)
        {
            return GiveUp(item, made: null, DeadLetterReason.Expired);
        }

        if (made.Failure is WebhookFailure.Gone or WebhookFailure.Disabled)
        {
            await stop.DisableAsync(item.Endpoint, WebhookEndpointStateCause.Gone, cancellationToken).ConfigureAwait(false);
            return GiveUp(item, made, DeadLetterReason.Gone);
        }

        if (!outcome.MayRetry)
        {
            bool isUnknown = made.Failure is WebhookFailure.ConnectionLost or WebhookFailure.TimedOut or WebhookFailure.Undecided;
            return GiveUp(item, made, isUnknown ? DeadLetterReason.Unknown : DeadLetterReason.Refused);
        }

        if (endpoint.Schedule.NextDelay(made.Number, outcome.RetryAfter, Random.Shared.NextDouble()) is not { } delay)
        {
            return GiveUp(item, made, DeadLetterReason.AttemptsSpent);
        }

        return OutcomeOf(item, DeliveryOutcomeKind.Retry) with
        {
            Made = made,
            RetryIn = delay,
            SetAside = endpoint.Ordered && made.Number >= endpoint.SetAsideAfter,
        };
    }

    /// <summary>Composes the request; null when the event cannot be composed for the endpoint.</summary>
    /// <returns>Whether what is stored could be read.</returns>
    private bool TryCompose(WorkItem item, WebhookEndpoint endpoint, out WebhookRequest? request)
    {
        StoredEvent stored = item.Event.Stored;
        request = null;

        if (!stored.SealedRequest.IsEmpty)
        {
            bool isRead = parts.Sealer.TryUnseal(stored.SealedRequest.Span, StoredRequest.Purpose(stored.Key), out byte[]? bytes);
            WebhookRequest? read = isRead ? StoredRequest.Read(bytes!, endpoint) : null;

            // An endpoint that has moved since: what it holds is not meant for the receiver that the request goes to.
            request = read?.IsFor(endpoint) == true ? read : null;
            return isRead;
        }

        try
        {
            request = endpoint.Compose(item.Event.Event);
        }
        catch (InvalidOperationException)
        {
            // CloudEvents without a source: no attempt can mend it.
        }

        return true;
    }

    private StoredAttempt Unsent(WorkItem item) => new()
    {
        Number = item.Delivery.Attempt + 1,
        StartedAt = parts.TimeProvider.GetUtcNow(),
        Duration = TimeSpan.Zero,
        Failure = WebhookFailure.InvalidRequest,
    };

    private DeliveryOutcome GiveUp(WorkItem item, StoredAttempt? made, DeadLetterReason reason)
    {
        Log.DeadLettered(parts.Logger, item.Delivery.Id, item.Endpoint.Id, reason.ToString());
        return OutcomeOf(item, DeliveryOutcomeKind.DeadLettered) with { Made = made, Reason = reason };
    }

    private static DeliveryOutcome OutcomeOf(WorkItem item, DeliveryOutcomeKind kind) => new()
    {
        DeliveryId = item.Delivery.Id,
        Attempt = item.Delivery.Attempt,
        Kind = kind,
        CountsForHealth = item.Delivery.CountsForHealth,
    };

    private static StoredAttempt ToStored(WebhookAttempt attempt) => new()
    {
        Number = attempt.Number,
        StartedAt = attempt.StartedAt,
        Duration = attempt.Duration,
        StatusCode = attempt.StatusCode,
        Failure = attempt.Failure,
        Error = attempt.Error,
    };
}
