using System;
using System.Collections.Generic;
using Webhooks.Sdk.Simulation.Acting;

namespace Webhooks.Sdk.Simulation.Checking;

/// <content>What came of attempts, and whether it may be so.</content>
internal sealed partial class Ledger
{
    private readonly Dictionary<(string EventId, string EndpointId), Correspondence> _correspondences = [];

    public Correspondence CorrespondenceOf(string eventId, string endpointId)
    {
        if (!_correspondences.TryGetValue((eventId, endpointId), out Correspondence? known))
        {
            _correspondences.Add((eventId, endpointId), known = new Correspondence());
        }

        return known;
    }

    public void Commit(Actor actor, ReadOnlySpan<DeliveryOutcome> outcomes, CommitSummary summary)
    {
        int applied = 0;

        foreach (DeliveryOutcome outcome in outcomes)
        {
            if (Waiting.TryGetValue(outcome.DeliveryId, out DeliveryEntry? delivery) && delivery.Attempts == outcome.Attempt)
            {
                applied++;
                ThrowIfIllegal(delivery, outcome);
                Commit(actor, delivery, outcome);
            }
        }

        if (applied != summary.Applied)
        {
            throw new Violation("A stale commit changes nothing", $"{summary.Applied} outcomes were applied, not {applied}");
        }
    }

    private void Commit(Actor actor, DeliveryEntry delivery, DeliveryOutcome outcome)
    {
        delivery.Attempts += outcome.Made is null ? 0 : 1;
        delivery.KnownSettledTo.Clear();

        if (outcome.Kind == DeliveryOutcomeKind.Retry)
        {
            delivery.IsSetAside |= outcome.SetAside;
            return;
        }

        delivery.SettledBy = actor;
        Waiting.Remove(delivery.Id);

        if (outcome.Kind == DeliveryOutcomeKind.Delivered)
        {
            delivery.State = DeliveryState.Delivered;
        }
        else
        {
            (delivery.State, delivery.Reason) = (DeliveryState.Dead, outcome.Reason);
            Dead.Add(delivery.Id, delivery);
        }
    }

    private void ThrowIfIllegal(DeliveryEntry delivery, DeliveryOutcome outcome)
    {
        int attempts = delivery.Attempts + (outcome.Made is null ? 0 : 1);
        Correspondence known = CorrespondenceOf(delivery.Event.Stored.Id, delivery.Endpoint.Id);

        if (outcome.Made is { } made && (made.Number != attempts || known.Sent < attempts))
        {
            throw new Violation("An attempt is recorded once, under its number", $"{delivery}: number {made.Number} as attempt {attempts} of {known.Sent} sent");
        }

        bool isLegal = outcome.Kind switch
        {
            DeliveryOutcomeKind.Delivered => known.Accepted > 0,
            DeliveryOutcomeKind.Retry => outcome.RetryIn >= TimeSpan.Zero,
            _ => outcome.Reason switch
            {
                DeadLetterReason.AttemptsSpent => attempts >= delivery.Endpoint.FewestAttempts,
                DeadLetterReason.Expired => delivery.Event.Stored.ExpiresAt is not null,
                DeadLetterReason.Gone => delivery.Endpoint.SaidGone,
                DeadLetterReason.Refused => known.Refused > 0,
                _ => false,
            },
        };

        if (!isLegal)
        {
            throw new Violation("A delivery ends for a reason", $"{delivery}: {outcome.Kind} {outcome.Reason} after {attempts} attempts, {known}");
        }
    }
}
