using System;
using System.Collections.Generic;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Events as rows: the columns in the order of the statements.</summary>
internal static class EventRows
{
    private const int Columns = 15;

    public static NpgsqlParameter[] Write(IReadOnlyList<StoredEvent> events) =>
    [
        Parameter.Array(NpgsqlDbType.Uuid, events, static e => e.Key),
        Parameter.Array(NpgsqlDbType.TimestampTz, events, static e => e.NotBefore?.UtcDateTime),
        Parameter.Array(NpgsqlDbType.TimestampTz, events, static e => e.ExpiresAt?.UtcDateTime),
        Parameter.Array(NpgsqlDbType.Boolean, events, static e => e.CountsForHealth),
        Parameter.Array(NpgsqlDbType.Bigint, events, static e => e.Timestamp.UtcTicks - DateTimeOffset.UnixEpoch.Ticks),
        Parameter.Texts(events, static e => e.Id),
        Parameter.Texts(events, static e => e.Owner),
        Parameter.Texts(events, static e => e.Type),
        Parameter.Texts(events, static e => e.Subject),
        Parameter.Texts(events, static e => e.Source),
        Parameter.Texts(events, static e => e.EndpointId),
        Parameter.Texts(events, static e => e.IdempotencyKey),
        Parameter.Texts(events, static e => e.TraceParent),
        Parameter.Array(NpgsqlDbType.Bytea, events, static e => e.Data),
        Parameter.Array(NpgsqlDbType.Bytea, events, static e => e.SealedRequest),
    ];

    public static NpgsqlParameter[] Write(StoredEvent one) =>
    [
        Parameter.Of(one.Key),
        Parameter.Of(one.NotBefore),
        Parameter.Of(one.ExpiresAt),
        Parameter.Of(one.CountsForHealth),
        Parameter.Of(one.Timestamp.UtcTicks - DateTimeOffset.UnixEpoch.Ticks),
        Parameter.Of(one.Id),
        Parameter.Of(one.Owner),
        Parameter.Of(one.Type),
        Parameter.Of(one.Subject),
        Parameter.Of(one.Source),
        Parameter.Of(one.EndpointId),
        Parameter.Of(one.IdempotencyKey),
        Parameter.Of(one.TraceParent),
        Parameter.Of(one.Data),
        Parameter.Of(one.SealedRequest),
    ];

    public static StoredEvent Read(NpgsqlDataReader row) => new()
    {
        Key = row.GetGuid(0),
        NotBefore = row.TimeOrNull(1),
        ExpiresAt = row.TimeOrNull(2),
        CountsForHealth = row.GetBoolean(3),
        Timestamp = new DateTimeOffset(row.GetInt64(4) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero),
        Id = row.GetString(5),
        Owner = row.TextOrNull(6),
        Type = row.GetString(7),
        Subject = row.TextOrNull(8),
        Source = row.TextOrNull(9),
        EndpointId = row.TextOrNull(10),
        IdempotencyKey = row.GetString(11),
        TraceParent = row.TextOrNull(12),
        Data = row.GetFieldValue<byte[]>(13),
        SealedRequest = row.GetFieldValue<byte[]>(14),
    };

    public static PendingRow ReadPending(NpgsqlDataReader row) => new(
        new PendingEvent(Read(row), row.TextOrNull(Columns)),
        row.IsDBNull(Columns + 1) ? null : row.GetInt64(Columns + 1),
        row.GetFieldValue<ulong>(Columns + 2),
        row.GetFieldValue<ulong>(Columns + 3) + (ulong)row.GetInt32(Columns + 4));
}
