using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Makes partitions ahead of time, and drops them when everything in them is done.</summary>
internal sealed class Partitions(Database database)
{
    private const int DaysBehind = 1;
    private const int DaysAhead = 3;

    private static readonly string[] Tables = ["event", "attempt"];

    /// <summary>Makes what is missing for the days around today.</summary>
    public async Task MakeAheadAsync(CancellationToken cancellationToken)
    {
        DateOnly today = (await database.ReadAsync(Sql.Today, static row => row.GetFieldValue<DateOnly>(0), cancellationToken).ConfigureAwait(false))[0];
        HashSet<string> there = [.. await database.ReadAsync(Sql.ListPartitions, static row => row.GetString(0), cancellationToken, Parents()).ConfigureAwait(false)];

        foreach (string table in Tables)
        {
            for (int day = -DaysBehind; day <= DaysAhead; day++)
            {
                var partition = new PartitionDay(today.AddDays(day));

                if (!there.Contains($"{table}_{partition.Suffix}"))
                {
                    await TryMakeAsync(table, partition, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private NpgsqlParameter Parents() =>
        Parameter.Texts(Tables, table => $"{database.Schema.Quoted}.{table}");

    private async Task TryMakeAsync(string table, PartitionDay day, CancellationToken cancellationToken)
    {
        string sql = Sql.MakePartition
            .Replace("{table}", table, StringComparison.Ordinal)
            .Replace("{day}", day.Suffix, StringComparison.Ordinal)
            .Replace("{key}", table == "event" ? "key" : "event", StringComparison.Ordinal)
            .Replace("{from}", day.From.ToString(), StringComparison.Ordinal)
            .Replace("{until}", day.Until.ToString(), StringComparison.Ordinal);

        try
        {
            await database.InTransactionAsync(
                async connection =>
                {
                    NpgsqlCommand command = Database.On(connection, database.Schema.In(sql));
                    await using (command.ConfigureAwait(false))
                    {
                        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
        })
        {
            // Another node made it, or somebody is in the way: rows go to the default partition until the next time.
        }
    }
}
