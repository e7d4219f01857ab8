using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <content>Endpoints and subscriptions.</content>
internal sealed partial class SqliteWebhookStore
{
    // Event types hold no line break.
    private const char BetweenTypes = '\n';

    public ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<Subscriber>>(
            connection =>
            {
                var found = new List<Subscriber>();

                for (int i = after.Query; i < queries.Length && found.Count < limit; i++)
                {
                    SubscriberQuery query = queries.Span[i];
                    string? from = i == after.Query && Utf8Order.Instance.Compare(after.EndpointId, query.After) > 0 ? after.EndpointId : query.After;
                    found.AddRange(FindSubscribers(connection, query, i, from ?? "", limit - found.Count));
                }

                return found;
            },
            cancellationToken);

    public async ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                foreach (StoredEndpoint endpoint in endpoints.Span)
                {
                    if (!Insert(connection, endpoint))
                    {
                        using Statement order = connection.Use(Sql.SetOrdered);
                        order.Bind(endpoint.Id).Bind(endpoint.Ordered).Run();
                    }
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredEndpoint>>(
            connection =>
            {
                var found = new List<StoredEndpoint>(ids.Length);

                foreach (string id in ids.Span)
                {
                    using Statement read = connection.Use(Sql.ReadEndpoint);

                    if (read.Bind(id).Step())
                    {
                        found.Add(ReadEndpoint(read));
                    }
                }

                return found;
            },
            cancellationToken);

    public async ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default)
    {
        bool isChanged = await WriteAsync(
            connection =>
            {
                using Statement set = connection.Use(Sql.SetState);
                return set.Bind(endpointId).Bind((long)state).Bind((long)cause).Run() > 0;
            },
            cancellationToken).ConfigureAwait(false);

        _signal.Set();
        return isChanged;
    }

    public async ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        await WriteAsync(connection => Insert(connection, endpoint), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                using (Statement replace = connection.Use(Sql.ReplaceEndpoint))
                {
                    replace.Bind(endpoint.Id).Bind(endpoint.Owner).Bind(endpoint.Ordered).Bind(Join(endpoint)).Bind(endpoint.Filter.Span);

                    if (replace.Bind(endpoint.SealedSettings.Span).Bind(endpoint.Version).Run() == 0)
                    {
                        return false;
                    }
                }

                Unsubscribe(connection, endpoint.Id);
                Subscribe(connection, endpoint);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default) =>
        await WriteAsync(connection => Remove(connection, endpointId), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        await WriteAsync(connection => Remove(connection, endpointId, owner), cancellationToken).ConfigureAwait(false);

    public ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection =>
            {
                using Statement read = connection.Use(Sql.ReadEndpointOfOwner);
                return read.Bind(endpointId).Bind(owner).Step() ? ReadEndpoint(read) : null;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredEndpoint>>(connection => ListEndpoints(connection, owner, after, limit), cancellationToken);

    private static List<StoredEndpoint> ListEndpoints(StoreConnection connection, string? owner, string? after, int limit)
    {
        using Statement read = connection.Use(owner is null ? Sql.ListEndpoints : Sql.ListEndpointsOfOwner);
        read.Bind(after ?? "").Bind(limit);

        if (owner is not null)
        {
            read.Bind(owner);
        }

        var found = new List<StoredEndpoint>();

        while (read.Step())
        {
            found.Add(ReadEndpoint(read));
        }

        return found;
    }

    /// <summary>Merges the patterns of a query, each of which is read in the order of ids and no further than the limit.</summary>
    private static IEnumerable<Subscriber> FindSubscribers(StoreConnection connection, SubscriberQuery query, int index, string after, int limit)
    {
        var found = new SortedDictionary<string, Subscriber>(Utf8Order.Instance);

        foreach (string pattern in query.Patterns)
        {
            using Statement read = connection.Use(query.Owner is null ? Sql.ReadSubscribers : Sql.ReadSubscribersOfOwner);
            read.Bind(pattern).Bind(after).Bind(limit);

            if (query.Owner is not null)
            {
                read.Bind(query.Owner);
            }

            while (read.Step())
            {
                string id = read.Text(0);
                found.TryAdd(id, new Subscriber(index, id, read.Bytes(1)));
            }
        }

        return found.Values.Take(limit);
    }

    private static bool Insert(StoreConnection connection, StoredEndpoint endpoint)
    {
        using (Statement insert = connection.Use(Sql.InsertEndpoint))
        {
            insert.Bind(endpoint.Id).Bind(endpoint.Owner).Bind(BucketLease.BucketOf(endpoint.Id)).Bind(endpoint.Ordered).Bind((long)endpoint.State);
            insert.Bind((long)endpoint.StateCause).Bind(Join(endpoint)).Bind(endpoint.Filter.Span).Bind(endpoint.SealedSettings.Span);

            if (insert.Run() == 0)
            {
                return false;
            }
        }

        Subscribe(connection, endpoint);
        return true;
    }

    private static bool Remove(StoreConnection connection, string endpointId, string? owner = null)
    {
        long endpoint;

        using (Statement delete = connection.Use(owner is null ? Sql.DeleteEndpoint : Sql.DeleteEndpointOfOwner))
        {
            delete.Bind(endpointId);

            if (owner is not null)
            {
                delete.Bind(owner);
            }

            if (!delete.Step())
            {
                return false;
            }

            endpoint = delete.Int64(0);
        }

        Unsubscribe(connection, endpointId);
        Delete(connection, endpoint, Sql.DeleteDeliveriesOfEndpoint, Sql.DeleteDeadLettersOfEndpoint, Sql.DeleteAttemptsOfEndpoint);
        return true;
    }

    private static void Subscribe(StoreConnection connection, StoredEndpoint endpoint)
    {
        foreach (string pattern in endpoint.EventTypes)
        {
            using Statement insert = connection.Use(Sql.InsertSubscription);
            insert.Bind(pattern).Bind(endpoint.Id).Bind(endpoint.Owner).Run();
        }
    }

    private static void Unsubscribe(StoreConnection connection, string endpointId)
    {
        using Statement delete = connection.Use(Sql.DeleteSubscriptions);
        delete.Bind(endpointId).Run();
    }

    private static void Delete(StoreConnection connection, long key, params ReadOnlySpan<string> statements)
    {
        foreach (string sql in statements)
        {
            using Statement delete = connection.Use(sql);
            delete.Bind(key).Run();
        }
    }

    private static string Join(StoredEndpoint endpoint) => string.Join(BetweenTypes, endpoint.EventTypes);

    private static StoredEndpoint ReadEndpoint(Statement read) => new()
    {
        Id = read.Text(0),
        Owner = read.TextOrNull(1),
        EventTypes = read.Text(2).Split(BetweenTypes, StringSplitOptions.RemoveEmptyEntries),
        Filter = read.Bytes(3),
        SealedSettings = read.Bytes(4),
        Ordered = read.Boolean(5),
        HasLane = read.Boolean(6),
        State = (WebhookEndpointState)read.Int32(7),
        StateCause = (WebhookEndpointStateCause)read.Int32(8),
        Failures = read.Int32(9),
        FailingSince = read.TimeOrNull(10),
        Version = read.Int64(11),
        CreatedAt = read.Time(12),
    };
}
