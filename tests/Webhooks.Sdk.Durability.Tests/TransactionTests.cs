using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Transactions of an application that does them again.</summary>
public sealed class TransactionTests
{
    [Fact]
    public async Task Publish_InATransactionThatLosesTheLockAndIsDoneAgainTwice_IsStoredAndDeliveredOnce()
    {
        using var database = new SqliteDatabase();
        await using var log = new ReceiverLog();
        await database.PrepareAsync(("acme", log.UrlOf("acme"), false));
        await using ServiceProvider application = database.Open();
        await using SqliteConnection connection = await database.ConnectAsync();
        await using SqliteConnection other = await database.ConnectAsync();
        connection.DefaultTimeout = 1;
        WebhookEvent webhookEvent = ApplicationExtensions.EventOf(1);

        // It has read, another has written since: SQLite's deadlock, which only doing it again resolves.
        await using (SqliteTransaction first = connection.BeginTransaction(deferred: true))
        {
            await RunAsync("SELECT count(*) FROM application", connection, first);
            await RunAsync("INSERT INTO application(id) VALUES('other')", other);

            WebhookStoreException lost = await Assert.ThrowsAsync<WebhookStoreException>(() => application.Publisher().PublishAsync(webhookEvent, first));
            Assert.True(lost.IsTransient);
        }

        // The second time it commits and does not learn of it, so there is a third.
        foreach (int _ in new[] { 2, 3 })
        {
            await using SqliteTransaction again = connection.BeginTransaction();
            await RunAsync("INSERT INTO application(id) VALUES('mine') ON CONFLICT DO NOTHING", connection, again);
            WebhookEvent? published = await application.Publisher().PublishAsync(webhookEvent, again);
            await again.CommitAsync();
            Assert.Equal(webhookEvent.Id, published?.Id);
        }

        await application.Dispatcher().DrainAsync();
        Assert.Equal([webhookEvent.Id], System.Array.ConvertAll(log.Arrivals(), arrival => arrival.EventId));
        Assert.Equal(1, (await application.StatisticsAsync()).Events);
    }

    [Fact]
    public async Task Publish_BehindASavepointThatIsRolledBack_IsNeverDelivered()
    {
        using var database = new SqliteDatabase();
        await using var log = new ReceiverLog();
        await using ServiceProvider application = database.Open();
        await application.SubscribeAsync("acme", log.UrlOf("acme"), ordered: true);
        await using SqliteConnection connection = await database.ConnectAsync();

        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(1), transaction);
            await transaction.SaveAsync("here");
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(2), transaction);
            await transaction.RollbackAsync("here");
            await application.Publisher().PublishAsync(ApplicationExtensions.EventOf(3), transaction);
            await transaction.CommitAsync();
        }

        await application.Dispatcher().DrainAsync();
        Assert.Equal(["evt-1", "evt-3"], System.Array.ConvertAll(log.Arrivals(), arrival => arrival.EventId));
    }

    private static async Task RunAsync(string sql, SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        await using var command = new SqliteCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
