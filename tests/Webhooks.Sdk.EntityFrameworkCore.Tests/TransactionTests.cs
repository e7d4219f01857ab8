using System;
using System.Data.Common;
using System.Threading.Tasks;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>Transactions that the application begins: they decide.</summary>
public sealed class TransactionTests
{
    [Theory]
    [Databases]
    public async Task Commit_OfTwoSaveChanges_DeliversBothAndNotBefore(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        WebhookEvent first = Add(context, "inv_1");
        await context.SaveChangesAsync();
        WebhookEvent second = Add(context, "inv_2");
        await context.SaveChangesAsync();
        Assert.Equal(0, (await shop.StatisticsAsync()).PendingEvents);

        await transaction.CommitAsync();

        Assert.Equal([first.Id, second.Id], await shop.DeliverAsync());
        Assert.Equal(2, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task Rollback_OfASaveChanges_LeavesNothing(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();

        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            Add(context, "inv_1");
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        Assert.Empty(await shop.DeliverAsync());
        Assert.Equal((0, 0), (await shop.CountInvoicesAsync(), (await shop.StatisticsAsync()).Events));
    }

    [Theory]
    [Databases]
    public async Task RollbackToSavepoint_OfTheSecondOfThree_DeliversTheOthers(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        WebhookEvent before = Add(context, "inv_1");
        await context.SaveChangesAsync();
        await transaction.CreateSavepointAsync("before");
        Add(context, "inv_2");
        await context.SaveChangesAsync();
        await transaction.RollbackToSavepointAsync("before");
        context.ChangeTracker.Clear();
        WebhookEvent after = Add(context, "inv_3");
        await context.SaveChangesAsync();

        await transaction.CommitAsync();

        Assert.Equal([before.Id, after.Id], await shop.DeliverAsync());
        Assert.Equal(2, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task Commit_AfterASaveChangesThatFailed_DeliversWhatSucceeded(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        WebhookEvent first = Add(context, "inv_1");
        await context.SaveChangesAsync();
        Add(context, "inv_2", total: -1);
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());

        await transaction.CommitAsync();

        Assert.Equal([first.Id], await shop.DeliverAsync());
        Assert.Equal(1, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task Commit_OfATransactionThatWasHandedOver_DeliversWithoutPolling(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database, Shop.PollSeldom);
        await using IAsyncDisposable dispatcher = await shop.RunDispatcherAsync();
        await using ShopContext owner = shop.NewContext();
        await using ShopContext context = shop.NewContext();
        await owner.Database.OpenConnectionAsync();
        DbConnection connection = owner.Database.GetDbConnection();
        context.Database.SetDbConnection(connection);
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await context.Database.UseTransactionAsync(transaction);
        WebhookEvent paid = Add(context, "inv_1");
        await context.SaveChangesAsync();
        shop.Receiver.AssertNoRequests();

        await transaction.CommitAsync();

        Assert.Equal(paid.Id, (await shop.Receiver.WaitForRequestsAsync(1))[0].Header("webhook-id"));
    }

    [PostgreSqlFact]
    public async Task Complete_OfAScope_DeliversWithoutPolling()
    {
        await using Shop shop = await Shop.OpenAsync(Database.PostgreSql, Shop.PollSeldom);
        await using IAsyncDisposable dispatcher = await shop.RunDispatcherAsync();
        WebhookEvent paid;

        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using ShopContext context = shop.NewContext();
            paid = Add(context, "inv_1");
            await context.SaveChangesAsync();
            shop.Receiver.AssertNoRequests();
            scope.Complete();
        }

        Assert.Equal(paid.Id, (await shop.Receiver.WaitForRequestsAsync(1))[0].Header("webhook-id"));
    }

    [Theory]
    [Databases]
    public async Task Commit_OfABegunTransaction_WakesOnceAndNotBefore(Database database)
    {
        Wakes wakes = null!;
        await using Shop shop = await Shop.OpenAsync(database, services => wakes = Wakes.Record(services));
        await using ShopContext context = shop.NewContext();
        wakes.Clear();

        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            Add(context, "inv_1");
            await context.SaveChangesAsync();
            Assert.Equal(0, wakes.Count);
            await transaction.CommitAsync();
            Assert.Equal(1, wakes.Count);
        }

        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            Add(context, "inv_2");
            await context.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        context.Add(new Invoice { Id = "inv_3", Total = 1 });
        await context.SaveChangesAsync();
        Assert.Equal(1, wakes.Count);
        Add(context, "inv_4");
        await context.SaveChangesAsync();
        Assert.Equal(2, wakes.Count);
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_WhileTheDispatcherWaits_DeliversWithoutPolling(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database, Shop.PollSeldom);
        await using IAsyncDisposable dispatcher = await shop.RunDispatcherAsync();
        await using ShopContext context = shop.NewContext();
        WebhookEvent paid = Add(context, "inv_1");

        await context.SaveChangesAsync();

        Assert.Equal(paid.Id, (await shop.Receiver.WaitForRequestsAsync(1))[0].Header("webhook-id"));
    }

    private static WebhookEvent Add(ShopContext context, string id, decimal total = 5)
    {
        var invoice = new Invoice { Id = id, Total = total };
        context.Add(invoice);
        return context.PublishWebhook(WebhookEvent.Create(Shop.Paid.Name, invoice, ShopJson.Default.Invoice));
    }
}
