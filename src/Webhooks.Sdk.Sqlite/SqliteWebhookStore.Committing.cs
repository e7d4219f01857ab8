using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <content>What came of attempts.</content>
internal sealed partial class SqliteWebhookStore
{
    public async ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                int applied = 0;
                var health = new Dictionary<long, AttemptTally>();

                foreach (DeliveryOutcome outcome in batch.Span)
                {
                    applied += Commit(connection, outcome, health) ? 1 : 0;
                }

                return new CommitSummary(applied, CountHealth(connection, health));
            },
            cancellationToken).ConfigureAwait(false);

    private static bool Commit(StoreConnection connection, in DeliveryOutcome outcome, Dictionary<long, AttemptTally> health)
    {
        if (!Settle(connection, outcome, out long webhookEvent, out long endpoint))
        {
            return false;
        }

        int attempts = outcome.Attempt;

        if (outcome.Made is { } made)
        {
            attempts++;
            Record(connection, made, outcome.DeliveryId, webhookEvent, endpoint);
            health[endpoint] = health.GetValueOrDefault(endpoint).With(made, outcome.CountsForHealth);
        }

        if (outcome.Kind == DeliveryOutcomeKind.DeadLettered)
        {
            using Statement insert = connection.Use(Sql.InsertDeadLetter);
            insert.Bind(outcome.DeliveryId).Bind(webhookEvent).Bind(endpoint).Bind((long)outcome.Reason).Bind(attempts).Run();
        }

        return true;
    }

    /// <summary>Ends the delivery or puts it off, if its attempts are as many as the outcome says.</summary>
    private static bool Settle(StoreConnection connection, in DeliveryOutcome outcome, out long webhookEvent, out long endpoint)
    {
        bool isRetry = outcome.Kind == DeliveryOutcomeKind.Retry;
        using Statement settle = connection.Use(isRetry ? Sql.PutOffDelivery : Sql.DeleteDelivery);
        settle.Bind(outcome.DeliveryId).Bind(outcome.Attempt);

        if (isRetry)
        {
            settle.Bind(outcome.Made is not null).Bind(outcome.RetryIn.Ticks).Bind(outcome.SetAside);
        }

        bool isSettled = settle.Step();
        (webhookEvent, endpoint) = isSettled ? (settle.Int64(0), settle.Int64(1)) : default;
        return isSettled;
    }

    private static void Record(StoreConnection connection, StoredAttempt made, long delivery, long webhookEvent, long endpoint)
    {
        using Statement insert = connection.Use(Sql.InsertAttempt);
        insert
            .Bind(delivery)
            .Bind(webhookEvent)
            .Bind(endpoint)
            .Bind(made.Number)
            .Bind(UnixTicks.From(made.StartedAt))
            .Bind(made.Duration.Ticks)
            .Bind(made.StatusCode)
            .Bind((long)made.Failure)
            .Bind(made.Error)
            .Run();
    }

    /// <summary>Writes the health of each endpoint once, whatever number of its attempts are in the batch.</summary>
    private static List<EndpointHealth> CountHealth(StoreConnection connection, Dictionary<long, AttemptTally> health)
    {
        var failing = new List<EndpointHealth>();

        foreach ((long endpoint, AttemptTally tally) in health)
        {
            if (tally.HasSuccess)
            {
                using Statement forget = connection.Use(Sql.ForgetFailures);
                forget.Bind(endpoint).Run();
            }

            if (tally.Failures > 0)
            {
                using Statement count = connection.Use(Sql.CountFailures);

                if (count.Bind(endpoint).Bind(tally.Failures).Step())
                {
                    failing.Add(new EndpointHealth(count.Text(0), count.Int32(1), TimeSpan.FromTicks(count.Int64(2))));
                }
            }
        }

        return failing;
    }
}
