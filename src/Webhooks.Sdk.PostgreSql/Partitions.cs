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
    private const string Event = "event";
    private const string Attempt = "attempt";

    /// <summary>Makes what is missing for the days around today.</summary>
    public async Task MakeAheadAsync(CancellationToken cancellationToken)
    {
        DateOnly today = await TodayAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> there = [.. await ListAsync(cancellationToken).ConfigureAwait(false)];

        for (int day = -DaysBehind; day <= DaysAhead; day++)
        {
            var partition = new PartitionDay(today.AddDays(day));

            foreach (string table in new[] { Event, Attempt }.Where(table => !there.Contains($"{table}_{partition.Suffix}")))
            {
                await TryMakeAsync(table, partition, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Drops the partitions in which everything is done and old.</summary>
    /// <returns>How many events were in them.</returns>
    public async Task<int> DropAsync(TimeSpan finishedFor, TimeSpan deadFor, CancellationToken cancellationToken)
    {
        DateOnly today = await TodayAsync(cancellationToken).ConfigureAwait(false);
        int dropped = 0;

        foreach (string name in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            // A partition of a day that has begun, or is made again tomorrow, is not looked at.
            if (name.StartsWith($"{Event}_", StringComparison.Ordinal) && PartitionDay.Parse(name[(Event.Length + 1)..]) is { } day
                && day.Day < today.AddDays(-DaysBehind) && await IsDoneAsync(connection: null, day, finishedFor, deadFor, cancellationToken).ConfigureAwait(false))
            {
                dropped += await DropAsync(day, finishedFor, deadFor, cancellationToken).ConfigureAwait(false);
            }
        }

        return dropped;
    }

    private async Task<int> DropAsync(PartitionDay day, TimeSpan finishedFor, TimeSpan deadFor, CancellationToken cancellationToken)
    {
        while (await database.RunAsync(database.Command(Text(Sql.ForgetKeys, day)), cancellationToken).ConfigureAwait(false) > 0)
        {
        }

        int events = 0;
        await TryInTransactionAsync(
            async connection =>
            {
                await RunAsync(connection, Text(Sql.LockPartitions, day), cancellationToken).ConfigureAwait(false);

                // Something may have been replayed since.
                if (await IsDoneAsync(connection, day, finishedFor, deadFor, cancellationToken).ConfigureAwait(false))
                {
                    events = (await database.ReadAsync(
                        Database.On(connection, Text(Sql.CountPartition, day)), static row => row.GetInt32(0), cancellationToken).ConfigureAwait(false))[0];
                    await RunAsync(connection, Text(Sql.DropPartition, day), cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return events;
    }

    private async Task<bool> IsDoneAsync(
        NpgsqlConnection? connection, PartitionDay day, TimeSpan finishedFor, TimeSpan deadFor, CancellationToken cancellationToken)
    {
        string text = Text(Sql.IsPartitionDone, day);
        NpgsqlParameter[] times = [Parameter.Of(finishedFor), Parameter.Of(deadFor)];
        NpgsqlCommand command = connection is null ? database.Command(text, times) : Database.On(connection, text, times);
        return (await database.ReadAsync(command, static row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false))[0];
    }

    private Task TryMakeAsync(string table, PartitionDay day, CancellationToken cancellationToken)
    {
        string sql = Text(Sql.MakePartition, day)
            .Replace("{table}", table, StringComparison.Ordinal)
            .Replace("{key}", table == Event ? "key" : "event", StringComparison.Ordinal);
        return TryInTransactionAsync(connection => RunAsync(connection, sql, cancellationToken), cancellationToken);
    }

    /// <summary>Does it, unless another node has or somebody is in the way: then it is for the next time, and the default partition takes what comes.</summary>
    private async Task TryInTransactionAsync(Func<NpgsqlConnection, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await database.InTransactionAsync(
                async connection =>
                {
                    await work(connection).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
        })
        {
        }
    }

    private async Task<DateOnly> TodayAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(Sql.Today, static row => row.GetFieldValue<DateOnly>(0), cancellationToken).ConfigureAwait(false))[0];

    private Task<List<string>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            Sql.ListPartitions,
            static row => row.GetString(0),
            cancellationToken,
            Parameter.Texts([Event, Attempt], table => $"{database.Schema.Quoted}.{table}"));

    private string Text(string sql, PartitionDay day) =>
        database.Schema.In(sql)
            .Replace("{day}", day.Suffix, StringComparison.Ordinal)
            .Replace("{from}", day.From.ToString(), StringComparison.Ordinal)
            .Replace("{until}", day.Until.ToString(), StringComparison.Ordinal);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = Database.On(connection, sql);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
