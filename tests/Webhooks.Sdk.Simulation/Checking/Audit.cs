using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>Compares what is stored with the <see cref="Ledger"/>.</summary>
internal sealed class Audit(IWebhookStore store, IWebhookStoreOperations operations, Ledger ledger)
{
    private long _lastAttempt;

    public IReadOnlyList<StoredDelivery> ReadMade() => Read(operations.ReadWaitingAsync(All with { After = ledger.LastDelivery }));

    public void Check()
    {
        CheckPending();
        CheckAttempts();
        CheckRows("waits", Read(operations.ReadWaitingAsync(All)), ledger.Waiting);
        CheckRows("is a dead letter", Read(operations.ReadDeadLettersAsync(All)), ledger.Dead);
    }

    private static DeliveryQuery All => new() { Limit = int.MaxValue };

    // In memory every call ends at once.
    private static T Read<T>(System.Threading.Tasks.ValueTask<T> call) =>
        call.IsCompletedSuccessfully ? call.Result : throw new InvalidOperationException("The store in memory made somebody wait.");

    private static void CheckRows(string what, IReadOnlyList<StoredDelivery> rows, SortedDictionary<long, DeliveryEntry> expected)
    {
        int next = 0;

        foreach (DeliveryEntry delivery in expected.Values)
        {
            if (next >= rows.Count || rows[next].Id != delivery.Id)
            {
                throw new Violation("Nothing acknowledged is lost", $"no row says that {delivery} {what}");
            }

            StoredDelivery row = rows[next++];

            if (row.Attempts != delivery.Attempts || row.Reason != delivery.Reason || row.EndpointId != delivery.Endpoint.Id || row.EventKey != delivery.Event.Stored.Key)
            {
                throw new Violation("A row says what was committed", $"{delivery} after {row.Attempts} attempts, not {delivery.Attempts}, {row.Reason}, not {delivery.Reason}");
            }
        }

        if (next < rows.Count)
        {
            throw new Violation("What is done is done", $"a row says that {rows[next].Id} of {rows[next].EventId} {what}");
        }
    }

    private void CheckPending()
    {
        IReadOnlyList<PendingEvent> rows = Read(store.ReadPendingAsync(int.MaxValue));
        int expected = 0;

        foreach (EventEntry entry in ledger.Pending)
        {
            expected++;

            if (!rows.Any(row => row.Event.Key == entry.Stored.Key && row.FannedOutTo == entry.FannedOutTo))
            {
                throw new Violation("Nothing acknowledged is lost", $"no row says that {entry.Stored.Id} is to be fanned out");
            }
        }

        if (rows.Count > expected)
        {
            throw new Violation("What is done is done", $"{rows.Count - expected} events are to be fanned out again");
        }
    }

    private void CheckAttempts()
    {
        foreach (RecordedAttempt row in Read(operations.ReadAttemptsAsync(All with { After = _lastAttempt })))
        {
            _lastAttempt = row.Id;

            if (ledger.FindDelivery(row.DeliveryId) is not { } delivery || row.Attempt.Number != ++delivery.Rows || delivery.Rows > delivery.Attempts)
            {
                throw new Violation("An attempt is recorded once, under its number", $"attempt {row.Attempt.Number} of delivery {row.DeliveryId}");
            }
        }
    }
}
