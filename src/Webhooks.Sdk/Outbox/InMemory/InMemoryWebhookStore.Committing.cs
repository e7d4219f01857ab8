using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <content>What came of attempts.</content>
internal sealed partial class InMemoryWebhookStore
{
    private readonly Dictionary<long, DeadLetterRow> _dead = [];
    private long _lastAttempt;

    public ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            int applied = 0;
            var failing = new HashSet<EndpointRow>();

            foreach (DeliveryOutcome outcome in batch.Span)
            {
                if (_deliveries.TryGetValue(outcome.DeliveryId, out DeliveryRow? delivery) && delivery.Attempt == outcome.Attempt)
                {
                    Commit(delivery, outcome, now, failing);
                    applied++;
                }
            }

            var health = new List<EndpointHealth>(failing.Count);

            foreach (EndpointRow endpoint in failing)
            {
                // A success later in the batch has made up for the failure.
                if (endpoint.Stored.FailingSince is { } since)
                {
                    health.Add(new EndpointHealth(endpoint.Stored.Id, endpoint.Stored.Failures, now - since));
                }
            }

            return new(new CommitSummary(applied, health));
        }
    }

    private void Commit(DeliveryRow delivery, DeliveryOutcome outcome, DateTimeOffset now, HashSet<EndpointRow> failing)
    {
        EventRow row = delivery.Event;
        _bytes -= row.Size;

        if (outcome.Made is { } made)
        {
            delivery.Attempt++;
            row.Attempts.Add(new RecordedAttempt(++_lastAttempt, delivery.Id, row.Stored.Key, row.Stored.Id, delivery.Endpoint.Stored.Id, made));
            CountHealth(delivery.Endpoint, made, outcome.CountsForHealth, now, failing);
        }

        if (outcome.Kind == DeliveryOutcomeKind.Retry)
        {
            Unqueue(delivery);
            delivery.DueAt = now + outcome.RetryIn;
            delivery.IsSetAside |= outcome.SetAside;
            Queue(delivery, delivery.Endpoint.Stored.HasLane && !delivery.IsSetAside);
        }
        else
        {
            if (outcome.Kind == DeliveryOutcomeKind.DeadLettered)
            {
                StoredDelivery dead = delivery.ToStored() with { At = now, Reason = outcome.Reason, IsInLane = false };
                var letter = new DeadLetterRow(dead, row, delivery.Endpoint);
                _dead.Add(delivery.Id, letter);
                row.Dead.Add(delivery.Id, letter);
            }

            RemoveDelivery(delivery);
        }

        _bytes += row.Size;
        NoteFinished(row);
    }

    private static void CountHealth(EndpointRow endpoint, StoredAttempt made, bool counts, DateTimeOffset now, HashSet<EndpointRow> failing)
    {
        if (made.Failure == WebhookFailure.None)
        {
            endpoint.Recover();
        }
        else if (counts)
        {
            endpoint.Fail(now);
            failing.Add(endpoint);
        }
    }
}
