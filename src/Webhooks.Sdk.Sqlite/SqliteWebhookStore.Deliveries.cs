using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <content>Deliveries: made, read, moved.</content>
internal sealed partial class SqliteWebhookStore
{
    public async ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default)
    {
        int added = await WriteAsync(
            connection =>
            {
                var progress = FanOutProgress.Read(connection);
                int sum = 0;

                foreach (FanOut fanOut in batch.Span)
                {
                    sum += progress.Add(fanOut);
                }

                progress.Note();
                return sum;
            },
            cancellationToken).ConfigureAwait(false);

        _signal.Set();
        return added;
    }

    public ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default)
    {
        string marks = Mark(buckets);
        return ReadAsync<IReadOnlyList<DueDelivery>>(
            connection => ReadAfter(connection, Sql.ReadDueAtOnce, Sql.ReadDue, statement => statement.Bind(marks), after, limit), cancellationToken);
    }

    public ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection =>
            {
                using Statement read = connection.Use(Sql.ReadLanes);
                read.Bind(Mark(buckets));
                var lanes = new List<WaitingLane>();

                while (read.Step())
                {
                    lanes.Add(new WaitingLane(read.Text(0), read.Int32(1), read.Boolean(2), read.Boolean(3)));
                }

                // What is done is gone from the indexes: all lanes are found as fast as the new ones.
                return new LaneReading(lanes, Last: 0);
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<DueDelivery>>(
            connection =>
            {
                var found = new List<DueDelivery>();

                foreach (LaneQuery lane in lanes.Span)
                {
                    found.AddRange(ReadLane(connection, lane));
                }

                return found;
            },
            cancellationToken);

    public async ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                using (Statement lane = connection.Use(Sql.AddLane))
                {
                    lane.Bind(endpointId).Run();
                }

                foreach (long delivery in deliveries.Span)
                {
                    using Statement move = connection.Use(Sql.MoveToLane);
                    move.Bind(delivery).Bind(endpointId).Run();
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default) =>
        await WriteAsync(
            connection =>
            {
                using (Statement leave = connection.Use(Sql.LeaveLane))
                {
                    leave.Bind(endpointId).Run();
                }

                using Statement read = connection.Use(Sql.HasLane);
                return !read.Bind(endpointId).Step() || !read.Boolean(0);
            },
            cancellationToken).ConfigureAwait(false);

    private static List<DueDelivery> ReadLane(StoreConnection connection, LaneQuery lane)
    {
        (long endpoint, bool ordered) = FindActiveEndpoint(connection, lane.EndpointId);

        if (!ordered)
        {
            return ReadAfter(connection, Sql.ReadLaneAtOnce, Sql.ReadLane, statement => statement.Bind(endpoint), lane.After, lane.Limit);
        }

        var deliveries = new List<DueDelivery>();
        using Statement read = connection.Use(Sql.ReadOrderedLane);
        ReadInto(deliveries, read.Bind(endpoint).Bind(lane.After.DeliveryId).Bind(lane.Limit));
        return deliveries;
    }

    private static List<DueDelivery> ReadAfter(
        StoreConnection connection, string atOnce, string later, Func<Statement, Statement> bindPlace, DueCursor after, int limit)
    {
        var deliveries = new List<DueDelivery>();

        if (after != default)
        {
            using Statement rest = connection.Use(atOnce);
            ReadInto(deliveries, bindPlace(rest.Bind(UnixTicks.From(after.DueAt))).Bind(limit).Bind(after.DeliveryId));
        }

        if (deliveries.Count < limit)
        {
            using Statement read = connection.Use(later);
            ReadInto(deliveries, bindPlace(read.Bind(UnixTicks.From(after.DueAt))).Bind(limit - deliveries.Count));
        }

        return deliveries;
    }

    private static void ReadInto(List<DueDelivery> deliveries, Statement read)
    {
        while (read.Step())
        {
            deliveries.Add(new DueDelivery
            {
                Id = read.Int64(0),
                EventKey = read.Guid(1),
                EndpointId = read.Text(2),
                EndpointVersion = read.Int64(3),
                Attempt = read.Int32(4),
                DueAt = read.Time(5),
                IsDue = read.Boolean(6),
                IsExpired = read.Boolean(7),
                CountsForHealth = read.Boolean(8),
                IsSetAside = read.Boolean(9),
            });
        }
    }

    /// <summary>Writes which buckets are wanted: a 1 for each that is, in the order of the buckets.</summary>
    private static string Mark(ReadOnlyMemory<int> buckets) =>
        string.Create(BucketLease.Buckets, buckets, static (marks, wanted) =>
        {
            marks.Fill('0');

            foreach (int bucket in wanted.Span)
            {
                marks[bucket] = '1';
            }
        });

    private static (long Key, bool Ordered) FindActiveEndpoint(StoreConnection connection, string endpointId)
    {
        using Statement read = connection.Use(Sql.ReadActiveEndpoint);
        return read.Bind(endpointId).Step() ? (read.Int64(0), read.Boolean(1)) : default;
    }
}
