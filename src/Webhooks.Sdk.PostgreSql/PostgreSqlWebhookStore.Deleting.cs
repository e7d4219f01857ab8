using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <content>Deletion and retention.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    private const int Slice = 500;

    public async ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default)
    {
        if (owner is null && subject is null)
        {
            throw new ArgumentException("Neither an owner nor a subject says what to delete; name one of them.", nameof(owner));
        }

        // Subscriptions first: what is not there gets no more deliveries.
        int erased = subject is null ? await InSlicesAsync(() => EraseEndpointsAsync(owner!, cancellationToken)).ConfigureAwait(false) : 0;
        return erased + await InSlicesAsync(() => EraseEventsAsync(owner, subject, cancellationToken)).ConfigureAwait(false);
    }

    public async ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default)
    {
        // A day at a time where that is possible, and the rest one by one.
        int deleted = await _partitions.DropAsync(finishedFor, deadFor, cancellationToken).ConfigureAwait(false);
        deleted += await PurgeEventsAsync(finishedFor, deadFor, limit, cancellationToken).ConfigureAwait(false);

        if (deleted < limit)
        {
            await _partitions.MakeAheadAsync(cancellationToken).ConfigureAwait(false);
            await _database.RunAsync(Sql.DeleteOrphans, cancellationToken).ConfigureAwait(false);
            await _database.RunAsync(Sql.ForgetHolders, cancellationToken).ConfigureAwait(false);
        }

        return deleted;
    }

    private Task<int> PurgeEventsAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken) =>
        _database.RunAsync(_database.Command(_database.Text(Sql.Purge, limit), Parameter.Of(finishedFor), Parameter.Of(deadFor)), cancellationToken);

    private async Task<int> EraseEndpointsAsync(string owner, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredEndpoint> endpoints = await ListEndpointsAsync(owner, after: null, Slice, cancellationToken).ConfigureAwait(false);
        await RemoveEndpointsAsync([.. endpoints.Select(static endpoint => endpoint.Id)], cancellationToken).ConfigureAwait(false);
        return endpoints.Count;
    }

    private async Task<int> EraseEventsAsync(string? owner, string? subject, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] asked = (owner, subject) switch
        {
            (null, _) => [Parameter.Of(subject)],
            (_, null) => [Parameter.Of(owner)],
            _ => [Parameter.Of(subject), Parameter.Of(owner)],
        };
        string sql = owner is null ? Sql.FindEventsOfSubject : subject is null ? Sql.FindEventsOfOwner : Sql.FindEventsOfOwnerAndSubject;
        List<Guid> events = await _database.ReadAsync(sql, Slice, static row => row.GetGuid(0), cancellationToken, asked).ConfigureAwait(false);

        if (events.Count > 0)
        {
            await _database.InTransactionAsync(
                async connection =>
                {
                    await RunAsync(connection, Sql.DeletePending, cancellationToken, Keys([.. events])).ConfigureAwait(false);
                    await RunAsync(connection, Sql.DeleteEvents, cancellationToken, Keys([.. events])).ConfigureAwait(false);
                    return await RunAsync(connection, Sql.DeleteOfEvents, cancellationToken, Keys([.. events])).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
        }

        return events.Count;
    }

    private static async Task<int> InSlicesAsync(Func<Task<int>> erase)
    {
        int erased = 0;
        int last;

        do
        {
            last = await erase().ConfigureAwait(false);
            erased += last;
        }
        while (last == Slice);

        return erased;
    }
}
