using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>Lets commits of a shop fail: before the database is asked, or when it has answered.</summary>
internal sealed class FailingCommits : DbTransactionInterceptor
{
    private int _before;
    private int _after;

    public int Failures { get; private set; }

    /// <summary>Lets the next commits fail.</summary>
    public void FailNext(int before = 0, int after = 0) => (_before, _after) = (before, after);

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        FailIfAny(ref _before);
        return new(result);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        FailIfAny(ref _after);
        return Task.CompletedTask;
    }

    private void FailIfAny(ref int rest)
    {
        if (rest > 0)
        {
            rest--;
            Failures++;
            throw new TransientException();
        }
    }
}
