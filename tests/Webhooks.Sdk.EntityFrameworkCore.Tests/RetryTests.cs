using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>No event without a commit, and exactly one with it, however often an execution strategy tries.</summary>
public sealed class RetryTests
{
    private static readonly Invoice[] Two = [new() { Id = "inv_1", Total = 5 }, new() { Id = "inv_2", Total = 5 }];

    [Theory]
    [Databases]
    public async Task SaveChanges_CommitThatFailsOnce_StoresTheEventOnceUnderItsId(Database database)
    {
        var commits = new FailingCommits();
        await using Shop shop = await Shop.OpenAsync(database, options: options => RetryingStrategy.Use(options.AddInterceptors(commits)));
        await using ShopContext context = shop.NewContext();
        commits.FailNext(before: 1);
        context.AddRange(Two);
        WebhookEvent? paid = context.PublishWebhook(Shop.Paid, Two[0]);

        await context.SaveChangesAsync();

        Assert.Equal(1, commits.Failures);
        Assert.Equal([paid!.Id], await shop.DeliverAsync());
        Assert.Equal(2, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_CommitThatNeverSucceeds_StoresNothing(Database database)
    {
        var commits = new FailingCommits();
        await using Shop shop = await Shop.OpenAsync(database, options: options => RetryingStrategy.Use(options.AddInterceptors(commits)));
        await using ShopContext context = shop.NewContext();
        commits.FailNext(before: 3);
        context.AddRange(Two);
        context.PublishWebhook(Shop.Paid, Two[0]);

        await Assert.ThrowsAsync<RetryLimitExceededException>(() => context.SaveChangesAsync());

        Assert.Equal(3, commits.Failures);
        Assert.Empty(await shop.DeliverAsync());
        Assert.Equal(0, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_InATransactionThatIsTriedAgain_StoresTheEventOnceUnderItsId(Database database)
    {
        var commits = new FailingCommits();
        await using Shop shop = await Shop.OpenAsync(database, options: options => RetryingStrategy.Use(options.AddInterceptors(commits)));
        await using ShopContext context = shop.NewContext();
        commits.FailNext(before: 1);
        context.AddRange(Two);
        WebhookEvent? paid = context.PublishWebhook(Shop.Paid, Two[0]);

        await context.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            () => context.SaveChangesAsync(acceptAllChangesOnSuccess: false), () => Task.FromResult(false));
        context.ChangeTracker.AcceptAllChanges();
        await context.SaveChangesAsync();

        Assert.Equal(1, commits.Failures);
        Assert.Equal([paid!.Id], await shop.DeliverAsync());
        Assert.Equal(2, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_AnswerOfTheCommitIsLost_StoresTheEventOnce(Database database)
    {
        var commits = new FailingCommits();
        await using Shop shop = await Shop.OpenAsync(database, options: options => RetryingStrategy.Use(options.AddInterceptors(commits)));
        await using ShopContext context = shop.NewContext();
        commits.FailNext(after: 1);
        context.AddRange(Two);
        WebhookEvent? paid = context.PublishWebhook(Shop.Paid, Two[0]);

        await context.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            () => context.SaveChangesAsync(acceptAllChangesOnSuccess: false), async () => await shop.CountInvoicesAsync() == 2);
        context.ChangeTracker.AcceptAllChanges();

        Assert.Equal(1, commits.Failures);
        Assert.Equal([paid!.Id], await shop.DeliverAsync());
    }

    [PostgreSqlFact]
    public async Task SaveChanges_DeadlockWhoseVictimIsTriedAgain_StoresOneEventEach()
    {
        await using Shop shop = await Shop.OpenAsync(Database.PostgreSql, options: RetryingStrategy.Use);
        await using (ShopContext context = shop.NewContext())
        {
            context.AddRange(Two);
            await context.SaveChangesAsync();
        }

        TaskCompletionSource[] hasFirst = [new(), new()];
        int attempts = 0;
        WebhookEvent[] paid = await Task.WhenAll(Enumerable.Range(0, 2).Select(async mine =>
        {
            await using ShopContext strategy = shop.NewContext();
            WebhookEvent webhookEvent = WebhookEvent.Create(Shop.Paid.Name, Two[mine], ShopJson.Default.Invoice);
            await strategy.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                attempts++;
                await using ShopContext context = shop.NewContext();
                await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
                await AddOneAsync(context, Two[mine]);
                context.PublishWebhook(webhookEvent);
                await context.SaveChangesAsync();
                hasFirst[mine].TrySetResult();
                await hasFirst[1 - mine].Task.WaitAsync(TimeSpan.FromSeconds(30));
                await AddOneAsync(context, Two[1 - mine]);
                await transaction.CommitAsync();
            });
            return webhookEvent;
        }));

        Assert.True(attempts > 2);
        Assert.Equal(paid.Select(e => e.Id).Order(), (await shop.DeliverAsync()).Order());
        await using ShopContext after = shop.NewContext();
        Assert.All(await after.Invoices.ToListAsync(), static invoice => Assert.Equal(7, invoice.Total));

        // By the database: what was read before the other's commit must not be written after it.
        static Task<int> AddOneAsync(ShopContext context, Invoice to) => context.Invoices.Where(invoice => invoice.Id == to.Id)
            .ExecuteUpdateAsync(static setters => setters.SetProperty(invoice => invoice.Total, invoice => invoice.Total + 1));
    }
}
