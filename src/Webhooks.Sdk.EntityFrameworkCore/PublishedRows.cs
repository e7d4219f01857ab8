using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.EntityFrameworkCore;

/// <summary>
/// The events that were published in one context. It makes ready for them before they are written, and wakes who delivers them after the commit; what is written
/// when, and in which transaction, is Entity Framework's business alone.
/// </summary>
internal sealed class PublishedRows(IDbContextOptions options) : ISaveChangesInterceptor, IDbTransactionInterceptor, IResettableService
{
    private readonly RowPublisher _publisher = options.FindExtension<WebhooksOptionsExtension>()!.Publisher;
    private readonly List<EntityEntry> _rows = [];
    private bool _isSaving;
    private bool _isUncommitted;

    /// <summary>Adds an event to those that the next SaveChanges writes.</summary>
    public WebhookEvent? Add(DbContext context, WebhookPublication publication)
    {
        if (_publisher.Make(publication) is not { } made)
        {
            return null;
        }

        if (_isSaving)
        {
            // By an interceptor that comes after this one.
            Prepare(context);
        }

        var row = new Dictionary<string, object?>(StringComparer.Ordinal);

        foreach (WebhookEventColumn column in _publisher.Table.Columns)
        {
            row.Add(column.Name, column.Read(made.Stored));
        }

        _rows.Add(context.Set<Dictionary<string, object?>>(EventTableConvention.EntityName).Add(row));
        return made.Event;
    }

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        if (HasRows())
        {
            Prepare(eventData.Context!);
        }

        return result;
    }

    public async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (HasRows())
        {
            await _publisher.PrepareAsync(eventData.Context!.Database.GetDbConnection(), cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context!);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default) =>
        new(SavedChanges(eventData, result));

    public void SaveChangesFailed(DbContextErrorEventData eventData) => _isSaving = false;

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        _isSaving = false;
        return Task.CompletedTask;
    }

    public void SaveChangesCanceled(DbContextEventData eventData) => _isSaving = false;

    public Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        _isSaving = false;
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        if (_isUncommitted)
        {
            _isUncommitted = false;
            _publisher.Written(transaction: null);
        }
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => _isUncommitted = false;

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        _isUncommitted = false;
        return Task.CompletedTask;
    }

    /// <summary>Forgets everything: the context goes back into its pool.</summary>
    public void ResetState()
    {
        _rows.Clear();
        _isSaving = false;
        _isUncommitted = false;
    }

    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }

    private bool HasRows()
    {
        _isSaving = true;
        // The application may have cleared the tracker.
        _rows.RemoveAll(static row => row.State != EntityState.Added);
        return _rows.Count > 0;
    }

    // Waits only if the store is not open yet: for a host that has not started, or does not deliver.
    private void Prepare(DbContext context) =>
        _publisher.PrepareAsync(context.Database.GetDbConnection(), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void Saved(DbContext context)
    {
        _isSaving = false;

        if (_rows.Count == 0)
        {
            return;
        }

        // Nobody reads it again; and with acceptAllChangesOnSuccess: false it is still to be added.
        foreach (EntityEntry row in _rows)
        {
            row.State = row.State == EntityState.Unchanged ? EntityState.Detached : row.State;
        }

        _rows.RemoveAll(static row => row.State != EntityState.Added);
        DbTransaction? open = context.Database.CurrentTransaction?.GetDbTransaction();
        _isUncommitted |= open is not null;

        if (open is null && (context.Database.GetEnlistedTransaction() ?? Transaction.Current) is { } scope)
        {
            scope.TransactionCompleted += (_, _) => _publisher.Written(transaction: null);
            return;
        }

        // One that was handed over by UseTransaction is ended where nobody tells us: the store looks after it.
        _publisher.Written(open);
    }
}
