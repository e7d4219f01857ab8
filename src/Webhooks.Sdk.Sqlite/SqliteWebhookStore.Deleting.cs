using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <content>Deletion and retention.</content>
internal sealed partial class SqliteWebhookStore
{
    // Whoever publishes meanwhile waits for one slice at most.
    private const int Slice = 500;

    public async ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default)
    {
        if (owner is null && subject is null)
        {
            throw new ArgumentException("Neither an owner nor a subject says what to delete; name one of them.", nameof(owner));
        }

        // Subscriptions first: what is not there gets no more deliveries.
        int erased = subject is null ? await EraseInSlicesAsync(connection => EraseEndpoints(connection, owner!), cancellationToken).ConfigureAwait(false) : 0;
        erased += await EraseInSlicesAsync(connection => EraseEvents(connection, owner, subject), cancellationToken).ConfigureAwait(false);
        Opened.Writer.GivePagesBack();
        return erased;
    }

    public async ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default)
    {
        // Looked for by a reader, so that the writer is held up by the deletion only.
        List<long> old = await ReadAsync(connection => FindOld(connection, finishedFor, deadFor, limit), cancellationToken).ConfigureAwait(false);
        int deleted = 0;

        for (int i = 0; i < old.Count; i += Slice)
        {
            List<long> slice = old.GetRange(i, Math.Min(Slice, old.Count - i));
            deleted += await WriteAsync(connection => DeleteOld(connection, slice), cancellationToken).ConfigureAwait(false);
        }

        if (deleted > 0)
        {
            Opened.Writer.GivePagesBack();
        }

        return deleted;
    }

    private async ValueTask<int> EraseInSlicesAsync(Func<StoreConnection, int> erase, CancellationToken cancellationToken)
    {
        int erased = 0;
        int last;

        do
        {
            last = await WriteAsync(erase, cancellationToken).ConfigureAwait(false);
            erased += last;
        }
        while (last == Slice);

        return erased;
    }

    private static int EraseEndpoints(StoreConnection connection, string owner)
    {
        List<StoredEndpoint> endpoints = ListEndpoints(connection, owner, after: null, Slice);
        endpoints.ForEach(endpoint => Remove(connection, endpoint.Id));
        return endpoints.Count;
    }

    private static int EraseEvents(StoreConnection connection, string? owner, string? subject)
    {
        var events = new List<long>();

        using (Statement find = connection.Use(
            subject is null ? Sql.FindEventsOfOwner : owner is null ? Sql.FindEventsOfSubject : Sql.FindEventsOfOwnerAndSubject))
        {
            find.Bind(subject ?? owner).Bind(Slice);

            if (subject is not null && owner is not null)
            {
                find.Bind(owner);
            }

            while (find.Step())
            {
                events.Add(find.Int64(0));
            }
        }

        foreach (long webhookEvent in events)
        {
            Delete(
                connection,
                webhookEvent,
                Sql.DeleteDeliveriesOfEvent,
                Sql.DeleteDeadLettersOfEvent,
                Sql.DeleteAttemptsOfEvent,
                Sql.DeleteEvent);
        }

        return events.Count;
    }

    private static List<long> FindOld(StoreConnection connection, TimeSpan finishedFor, TimeSpan deadFor, int limit)
    {
        using Statement find = connection.Use(Sql.FindOldEvents);
        find.Bind(finishedFor.Ticks).Bind(deadFor.Ticks).Bind(limit);
        var old = new List<long>();

        while (find.Step())
        {
            old.Add(find.Int64(0));
        }

        return old;
    }

    private static int DeleteOld(StoreConnection connection, List<long> old)
    {
        int deleted = 0;

        foreach (long webhookEvent in old)
        {
            using Statement delete = connection.Use(Sql.DeleteOldEvent);

            if (delete.Bind(webhookEvent).Run() > 0)
            {
                Delete(connection, webhookEvent, Sql.DeleteDeadLettersOfEvent, Sql.DeleteAttemptsOfEvent);
                deleted++;
            }
        }

        return deleted;
    }
}
