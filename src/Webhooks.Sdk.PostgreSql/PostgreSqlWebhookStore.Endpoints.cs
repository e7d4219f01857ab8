using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <content>Endpoints and subscriptions.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    // Event types hold no line break.
    private const char BetweenTypes = '\n';

    public async ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default)
    {
        SubscriberQuery[] left = queries[Math.Min(after.Query, queries.Length)..].ToArray();

        return await _database.ReadAsync(
            Sql.ReadSubscribers,
            limit,
            row => new Subscriber(after.Query + row.GetInt32(0) - 1, row.GetString(1), row.GetFieldValue<byte[]>(2)),
            cancellationToken,
            Parameter.Texts(left, static query => query.Owner),
            Parameter.Texts(left, static query => query.After ?? ""),
            Parameter.Texts(left, static query => string.Join(BetweenTypes, query.Patterns)),
            Parameter.Of(after.EndpointId ?? "")).ConfigureAwait(false);
    }

    public async ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default)
    {
        foreach (StoredEndpoint endpoint in endpoints.ToArray())
        {
            if (!await AddEndpointAsync(endpoint, cancellationToken).ConfigureAwait(false))
            {
                await _database.RunAsync(Sql.SetOrdered, cancellationToken, Parameter.Of(endpoint.Id), Parameter.Of(endpoint.Ordered)).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(Sql.ReadEndpoints, ReadEndpoint, cancellationToken, Parameter.Texts(ids.ToArray(), static id => id)).ConfigureAwait(false);

    public async ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default)
    {
        int changed = await _database.RunAsync(
            Sql.SetState, cancellationToken, Parameter.Of(endpointId), Parameter.Of((short)state), Parameter.Of((short)cause)).ConfigureAwait(false);
        _wakeUp.Signal();
        return changed > 0;
    }

    public async ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        (await _database.ReadAsync(
            Sql.InsertEndpoint,
            static row => row.GetInt32(0),
            cancellationToken,
            Parameter.Of(endpoint.Id),
            Parameter.Of(endpoint.Owner),
            Parameter.Of((short)BucketLease.BucketOf(endpoint.Id)),
            Parameter.Of(endpoint.Ordered),
            Parameter.Of((short)endpoint.State),
            Parameter.Of((short)endpoint.StateCause),
            Parameter.Texts(endpoint.EventTypes, static type => type),
            Parameter.Of(endpoint.Filter),
            Parameter.Of(endpoint.SealedSettings)).ConfigureAwait(false))[0] > 0;

    public async ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        (await _database.ReadAsync(
            Sql.ReplaceEndpoint,
            static row => row.GetInt32(0),
            cancellationToken,
            Parameter.Of(endpoint.Id),
            Parameter.Of(endpoint.Owner),
            Parameter.Of(endpoint.Ordered),
            Parameter.Texts(endpoint.EventTypes, static type => type),
            Parameter.Of(endpoint.Filter),
            Parameter.Of(endpoint.SealedSettings),
            Parameter.Of(endpoint.Version)).ConfigureAwait(false))[0] > 0;

    public async ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default) =>
        await RemoveEndpointsAsync([endpointId], cancellationToken).ConfigureAwait(false) > 0;

    public async ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        await RemoveEndpointsAsync([endpointId], cancellationToken, owner).ConfigureAwait(false) > 0;

    public async ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default)
    {
        List<StoredEndpoint> found = await _database.ReadAsync(
            Sql.ReadEndpointOfOwner, ReadEndpoint, cancellationToken, Parameter.Of(endpointId), Parameter.Of(owner)).ConfigureAwait(false);
        return found is [var endpoint] ? endpoint : null;
    }

    public async ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default) =>
        owner is null
            ? await _database.ReadAsync(Sql.ListEndpoints, limit, ReadEndpoint, cancellationToken, Parameter.Of(after ?? "")).ConfigureAwait(false)
            : await _database.ReadAsync(
                Sql.ListEndpointsOfOwner, limit, ReadEndpoint, cancellationToken, Parameter.Of(after ?? ""), Parameter.Of(owner)).ConfigureAwait(false);

    /// <param name="ids">The endpoints.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="owner">Whose they must be, or null: of whomever.</param>
    private Task<int> RemoveEndpointsAsync(string[] ids, CancellationToken cancellationToken, string? owner = null) =>
        _database.InTransactionAsync(
            async connection =>
            {
                List<long> gone = await _database.ReadAsync(
                    owner is null
                        ? Database.On(connection, _database.Text(Sql.DeleteEndpoints), Parameter.Texts(ids, static id => id))
                        : Database.On(connection, _database.Text(Sql.DeleteEndpointOfOwner), Parameter.Texts(ids, static id => id), Parameter.Of(owner)),
                    static row => row.GetInt64(0),
                    cancellationToken).ConfigureAwait(false);

                if (gone.Count > 0)
                {
                    int[] buckets = [.. ids.Select(BucketLease.BucketOf).Distinct()];
                    await RunAsync(connection, Sql.DeleteOfEndpoints, cancellationToken, Numbers(gone.ToArray()), Buckets(buckets)).ConfigureAwait(false);
                }

                return gone.Count;
            },
            cancellationToken);

    private async Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = Database.On(connection, _database.Text(sql), parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static StoredEndpoint ReadEndpoint(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Owner = row.TextOrNull(1),
        EventTypes = row.GetFieldValue<string[]>(2),
        Filter = row.GetFieldValue<byte[]>(3),
        SealedSettings = row.GetFieldValue<byte[]>(4),
        Ordered = row.GetBoolean(5),
        HasLane = row.GetBoolean(6),
        State = (WebhookEndpointState)row.GetInt16(7),
        StateCause = (WebhookEndpointStateCause)row.GetInt16(8),
        Failures = row.GetInt32(9),
        FailingSince = row.TimeOrNull(10),
        Version = row.GetInt64(11),
        CreatedAt = row.Time(12),
    };
}
