using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql;

/// <content>Deliveries: made, read, moved.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    // A delivery with this id was seen: a greater one is looked for behind it, not among all that is done.
    private long _lastDelivery;

    public async ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default)
    {
        FanOut[] asked = batch.ToArray();
        (int Place, string EndpointId)[] deliveries =
            [.. asked.SelectMany(static (fanOut, i) => fanOut.EndpointIds.Select(endpointId => (Place: i + 1, EndpointId: endpointId)))];

        int added = (await _database.ReadAsync(
            Sql.FanOut,
            static row => row.GetInt32(0),
            cancellationToken,
            Keys([.. asked.Select(static fanOut => fanOut.EventKey)]),
            Parameter.Texts(asked, static fanOut => fanOut.After),
            Parameter.Texts(asked, static fanOut => fanOut.Until),
            Parameter.Array(NpgsqlDbType.Bigint, deliveries, static delivery => (long)delivery.Place),
            Parameter.Texts(deliveries, static delivery => delivery.EndpointId)).ConfigureAwait(false))[0];

        _wakeUp.Signal();
        return added;
    }

    public async ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default) =>
        await _database.ReadInOrderAsync(
            Sql.ReadDue,
            limit,
            ReadDelivery,
            cancellationToken,
            Buckets(buckets),
            Parameter.Of(after.DueAt),
            Parameter.Of(after.DeliveryId)).ConfigureAwait(false);

    public async ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default)
    {
        List<(WaitingLane? Lane, long Last)> rows = await _database.ReadInOrderAsync(
            after == 0 ? Sql.ReadLanes : Sql.ReadNewLanes,
            limit: 0,
            static row => row.IsDBNull(0) ? ((WaitingLane?)null, row.GetInt64(5)) : (ReadLane(row), 0),
            cancellationToken,
            Buckets(buckets),
            Parameter.Of(after == 0 ? Volatile.Read(ref _lastDelivery) : after)).ConfigureAwait(false);

        long last = rows.Max(static row => row.Last);
        Volatile.Write(ref _lastDelivery, last);
        return new LaneReading([.. rows.Select(static row => row.Lane).OfType<WaitingLane>()], last);
    }

    public async ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default)
    {
        LaneQuery[] asked = lanes.ToArray();

        return await _database.ReadInOrderAsync(
            Sql.ReadInLanes,
            limit: 0,
            ReadDelivery,
            cancellationToken,
            Parameter.Texts(asked, static lane => lane.EndpointId),
            Parameter.Array(NpgsqlDbType.TimestampTz, asked, static lane => lane.After.DueAt.UtcDateTime),
            Parameter.Array(NpgsqlDbType.Bigint, asked, static lane => lane.After.DeliveryId),
            Parameter.Array(NpgsqlDbType.Integer, asked, static lane => lane.Limit)).ConfigureAwait(false);
    }

    public async ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default) =>
        await _database.RunAsync(Sql.MoveToLane, cancellationToken, Parameter.Of(endpointId), Numbers(deliveries)).ConfigureAwait(false);

    public async ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        await _database.RunAsync(Sql.LeaveLane, cancellationToken, Parameter.Of(endpointId)).ConfigureAwait(false);
        List<bool> hasLane =
            await _database.ReadAsync(Sql.HasLane, static row => row.GetBoolean(0), cancellationToken, Parameter.Of(endpointId)).ConfigureAwait(false);
        return hasLane is not [true];
    }

    private static WaitingLane ReadLane(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt16(1), row.GetBoolean(2), row.GetBoolean(3), new DueCursor(row.Time(4), row.GetInt64(5) - 1));

    private static DueDelivery ReadDelivery(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        EventKey = row.GetGuid(1),
        EndpointId = row.GetString(2),
        EndpointVersion = row.GetInt64(3),
        Attempt = row.GetInt32(4),
        DueAt = row.Time(5),
        IsDue = row.GetBoolean(6),
        IsExpired = row.GetBoolean(7),
        CountsForHealth = row.GetBoolean(8),
        IsSetAside = row.GetBoolean(9),
    };

    private static NpgsqlParameter Numbers(ReadOnlyMemory<long> numbers) =>
        Parameter.Array(NpgsqlDbType.Bigint, numbers.ToArray(), static number => number);
}
