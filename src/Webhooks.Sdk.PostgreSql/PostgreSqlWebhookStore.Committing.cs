using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql;

/// <content>What came of attempts.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    public async ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default)
    {
        DeliveryOutcome[] outcomes = batch.ToArray();

        // The first row counts what was applied; the others are the health of endpoints.
        List<(string? EndpointId, int Count, TimeSpan FailingFor)> rows = await _database.ReadAsync(
            Sql.Commit,
            static row => (row.TextOrNull(0), row.GetInt32(1), row.IsDBNull(2) ? TimeSpan.Zero : row.GetTimeSpan(2)),
            cancellationToken,
            Parameter.Array(NpgsqlDbType.Bigint, outcomes, static o => o.DeliveryId),
            Parameter.Array(NpgsqlDbType.Integer, outcomes, static o => o.Attempt),
            Parameter.Array(NpgsqlDbType.Smallint, outcomes, static o => (short)o.Kind),
            Parameter.Array(NpgsqlDbType.Interval, outcomes, static o => o.RetryIn),
            Parameter.Array(NpgsqlDbType.Smallint, outcomes, static o => (short)o.Reason),
            Parameter.Array(NpgsqlDbType.Boolean, outcomes, static o => o.SetAside),
            Parameter.Array(NpgsqlDbType.Boolean, outcomes, static o => o.CountsForHealth),
            Parameter.Array(NpgsqlDbType.Integer, outcomes, static o => o.Made?.Number),
            Parameter.Array(NpgsqlDbType.TimestampTz, outcomes, static o => o.Made?.StartedAt.UtcDateTime),
            Parameter.Array(NpgsqlDbType.Integer, outcomes, static o => (int?)o.Made?.Duration.TotalMilliseconds),
            Parameter.Array(NpgsqlDbType.Smallint, outcomes, static o => (short?)o.Made?.StatusCode),
            Parameter.Array(NpgsqlDbType.Smallint, outcomes, static o => (short?)o.Made?.Failure),
            Parameter.Texts(outcomes, static o => o.Made?.Error)).ConfigureAwait(false);

        return new CommitSummary(
            rows.First(static row => row.EndpointId is null).Count,
            [.. rows.Where(static row => row.EndpointId is not null).Select(static row => new EndpointHealth(row.EndpointId!, row.Count, row.FailingFor))]);
    }
}
