using System;
using System.Data.Common;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Transactions of an application that does them again, in part or not at all.</summary>
public sealed class TransactionTests
{
    [StoreFact]
    public async Task Publish_InTransactionsThatLockEachOtherOut_IsStoredOnceWithWhatCommits()
    {
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await using var log = new ReceiverLog();
        await database.PrepareAsync(("acme", log.UrlOf("acme"), false));
        await using ServiceProvider application = database.Open();
        await database.RunAsync("INSERT INTO application(id) VALUES('a'), ('b')");
        var bothHold = new TaskCompletionSource();
        int holding = 0, deadlocks = 0;

        await Task.WhenAll(UpdateAsync(1, "a", "b"), UpdateAsync(2, "b", "a"));

        await application.Dispatcher().DrainAsync();
        Assert.NotEqual(0, deadlocks);
        Assert.Equal(["evt-1", "evt-2"], log.Arrivals().Select(static arrival => arrival.EventId).Order());
        Assert.Equal(2, (await application.StatisticsAsync()).Events);

        async Task UpdateAsync(int number, string first, string second)
        {
            while (true)
            {
                await using NpgsqlConnection connection = database.Connect();
                await connection.OpenAsync();
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

                try
                {
                    await LockAsync(connection, first);
                    await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(number), transaction);

                    if (++holding == 2)
                    {
                        bothHold.TrySetResult();
                    }

                    await bothHold.Task.WaitAsync(TimeSpan.FromSeconds(30));
                    await LockAsync(connection, second);
                    await transaction.CommitAsync();
                    return;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DeadlockDetected)
                {
                    deadlocks++;
                }
            }
        }
    }

    [StoreFact]
    public async Task Publish_BehindASavepointOrInATransactionThatIsRolledBack_IsNeverDelivered()
    {
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await using var log = new ReceiverLog();
        await database.PrepareAsync(("acme", log.UrlOf("acme"), true));
        await using ServiceProvider application = database.Open();
        await using NpgsqlConnection connection = database.Connect();
        await connection.OpenAsync();

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(1), transaction);
            await transaction.SaveAsync("here");
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(2), transaction);
            await transaction.RollbackAsync("here");
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(3), transaction);
            await transaction.CommitAsync();
        }

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(4), transaction);
            await transaction.RollbackAsync();
        }

        await application.Dispatcher().DrainAsync();
        Assert.Equal(["evt-1", "evt-3"], log.Arrivals().Select(static arrival => arrival.EventId));
    }

    private static async Task LockAsync(NpgsqlConnection connection, string id)
    {
        await using var update = new NpgsqlCommand($"UPDATE application SET id = id WHERE id = '{id}'", connection);
        await update.ExecuteNonQueryAsync();
    }
}
