using System;
using System.Collections.Generic;
using System.Threading;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Writes intents together, so that one wait for the disk serves them all.
/// </summary>
/// <remarks>
/// Without savepoints, each of which would copy every page that its intent touches. When anything in a group fails, all of it is rolled back and each intent
/// is written once more in a transaction of its own: only what fails by itself fails.
/// </remarks>
internal sealed class GroupTransaction(StoreConnection connection)
{
    private long _commits;

    public long Commits => Volatile.Read(ref _commits);

    public void Write(List<WriteIntent> group)
    {
        foreach (WriteIntent cancelled in group.FindAll(static intent => intent.IsCancelled))
        {
            group.Remove(cancelled);
            cancelled.Cancel();
        }

        if (group.Count == 0)
        {
            return;
        }

        if (Begin() is { } locked)
        {
            // Each would wait as long again.
            group.ForEach(intent => intent.Fail(locked));
            return;
        }

        if (RunAndCommit(group) is not { } failure)
        {
            return;
        }

        if (group.Count == 1)
        {
            group[0].Fail(failure);
            return;
        }

        foreach (WriteIntent intent in group)
        {
            if (((Exception?)Begin() ?? RunAndCommit([intent])) is { } ownFailure)
            {
                intent.Fail(ownFailure);
            }
        }
    }

    private WebhookStoreException? Begin()
    {
        try
        {
            // Left behind when a rollback failed, too.
            Rollback();
            connection.Run(Sql.Begin);
            return null;
        }
        catch (WebhookStoreException e)
        {
            return e;
        }
    }

    private Exception? RunAndCommit(List<WriteIntent> group)
    {
        try
        {
            foreach (WriteIntent intent in group)
            {
                intent.Run(connection);
            }

            connection.Run(Sql.Commit);
        }
        catch (Exception e)
        {
            try
            {
                Rollback();
            }
            catch (WebhookStoreException)
            {
                // The failure that led here is the one to tell; the next transaction tries again.
            }

            return e;
        }

        _commits++;

        // Waking so many callers is left to another thread: the next group need not wait for it.
        ThreadPool.UnsafeQueueUserWorkItem(static written => written.ForEach(static intent => intent.Complete()), group, preferLocal: false);
        return null;
    }

    private void Rollback()
    {
        // A full disk, among others, has rolled back already.
        if (connection.IsInTransaction)
        {
            connection.Run(Sql.Rollback);
        }
    }
}
