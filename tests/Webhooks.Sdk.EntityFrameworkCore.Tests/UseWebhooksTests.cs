using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

public sealed class UseWebhooksTests
{
    [Fact]
    public void PublishWebhook_ContextThatKnowsNoWebhooks_SaysWhereToTellIt()
    {
        using var context = new ShopContext(Options(static builder => builder.UseSqlite("Data Source=never.db")));

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => context.PublishWebhook(NewEvent()));

        Assert.Contains("AddDbContext<ShopContext>((provider, options) => options.….UseWebhooks(provider))", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseWebhooks_ServicesWithoutWebhooks_SaysWhatToAdd()
    {
        using ServiceProvider nothing = new ServiceCollection().BuildServiceProvider();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new DbContextOptionsBuilder<ShopContext>().UseWebhooks(nothing));

        Assert.Contains("services.AddWebhooks()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UseWebhooks_StoreInMemory_SaysWhatToUse()
    {
        var services = new ServiceCollection();
        services.AddWebhooks();
        using ServiceProvider provider = services.BuildServiceProvider();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new DbContextOptionsBuilder<ShopContext>().UseWebhooks(provider));

        Assert.Contains("the store 'memory'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("UseSqlite(…)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Databases]
    public async Task PublishWebhook_RecordOrTransactionOfItsOwn_IsRefused(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        await using DbTransaction transaction = await shop.BeginAsync();

        ArgumentException record = Assert.Throws<ArgumentException>(() => context.PublishWebhook(WebhookPublication.ForRecord(Shop.Paid, "inv_1")));
        ArgumentException own = Assert.Throws<ArgumentException>(() => context.PublishWebhook(new WebhookPublication(NewEvent()) { Transaction = transaction }));

        Assert.Contains("PublishRecordAsync", record.Message, StringComparison.Ordinal);
        Assert.Contains("Leave Transaction out", own.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Databases]
    public async Task PublishWebhook_TypeThatIsNotRegistered_Throws(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(
            () => context.PublishWebhook(WebhookEvent.For("invoice.lost").WithJson("{}"u8).Build()));

        Assert.Contains("invoice.lost is not registered", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_ContextOfAnotherDatabase_IsRefusedBeforeAnythingIsWritten(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using Shop other = await Shop.OpenAsync(Database.Sqlite);
        await using var context = new ShopContext(Options(other.Connect, shop));
        context.Add(new Invoice { Id = "inv_1", Total = 5 });
        context.PublishWebhook(NewEvent());

        ArgumentException later = await Assert.ThrowsAsync<ArgumentException>(() => context.SaveChangesAsync());
        ArgumentException now = Assert.Throws<ArgumentException>(() => context.SaveChanges());

        Assert.Equal(later.Message, now.Message);
        Assert.Contains(database == Database.Sqlite ? other.File : "SqliteConnection", later.Message, StringComparison.Ordinal);
        Assert.Contains(database == Database.Sqlite ? shop.File : "PostgreSQL '", later.Message, StringComparison.Ordinal);
        Assert.Equal(0, await other.CountInvoicesAsync());
    }

    [Fact]
    public async Task SaveChanges_ContextOfAnotherProvider_IsRefusedWithoutConnecting()
    {
        await using Shop shop = await Shop.OpenAsync(Database.Sqlite);
        await using var context = new ShopContext(Options(static builder => builder.UseNpgsql("Host=nowhere.invalid;Database=shop"), shop));
        context.PublishWebhook(NewEvent());

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => context.SaveChangesAsync());

        Assert.Contains("NpgsqlConnection", refused.Message, StringComparison.Ordinal);
        Assert.Contains(shop.File, refused.Message, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public async Task SaveChanges_AnotherDatabaseOfTheServer_IsRefusedWithBothNames()
    {
        await using Shop shop = await Shop.OpenAsync(Database.PostgreSql);
        string elsewhere = new NpgsqlConnectionStringBuilder(shop.Address) { Database = "template1" }.ConnectionString;
        await using var context = new ShopContext(Options(builder => builder.UseNpgsql(elsewhere), shop));
        context.PublishWebhook(NewEvent());

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => context.SaveChangesAsync());

        Assert.Contains("'template1' on ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveChanges_TheSameFileThroughALink_IsTaken()
    {
        await using Shop shop = await Shop.OpenAsync(Database.Sqlite);
        string link = Path.Combine(Path.GetDirectoryName(shop.File)!, "link.db");
        File.CreateSymbolicLink(link, shop.File);
        await using var context = new ShopContext(Options(builder => builder.UseSqlite($"Data Source={link}"), shop));
        WebhookEvent paid = context.PublishWebhook(NewEvent());

        await context.SaveChangesAsync();

        Assert.Equal([paid.Id], await shop.DeliverAsync());
    }

    [Fact]
    public async Task SaveChanges_FirstOfTheProcess_MakesTheStoresTables()
    {
        await using Shop shop = await Shop.CreateAsync(Database.Sqlite);
        await using ShopContext context = shop.NewContext();
        await context.Database.EnsureCreatedAsync();
        context.Add(new Invoice { Id = "inv_1", Total = 5 });
        context.PublishWebhook(NewEvent());

        context.SaveChanges();

        Assert.Equal(1, (await shop.StatisticsAsync()).PendingEvents);
    }

    [Theory]
    [Databases]
    public async Task Model_HasTheStoresTableAndLeavesItToTheStore(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();

        string script = context.Database.GenerateCreateScript();

        Assert.Contains("invoice", script, StringComparison.Ordinal);
        Assert.DoesNotContain("idempotency_key", script, StringComparison.Ordinal);
        Assert.Equivalent(new[] { "invoice", shop.EventTable }, context.Model.GetEntityTypes().Select(static type => type.GetTableName()), strict: true);
    }

    [Theory]
    [Databases]
    public async Task PublishWebhook_PooledContextThatWasGivenBack_ForgetsWhatWasNotSaved(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        var builder = new DbContextOptionsBuilder<PooledContext>();
        shop.Connect(builder);
        builder.UseWebhooks(shop.Services).ConfigureWarnings(static warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
        var pool = new PooledDbContextFactory<PooledContext>(builder.Options, poolSize: 1);

        await using (PooledContext first = pool.CreateDbContext())
        {
            first.PublishWebhook(NewEvent());
        }

        WebhookEvent paid;

        await using (PooledContext second = pool.CreateDbContext())
        {
            paid = second.PublishWebhook(NewEvent());
            await second.SaveChangesAsync();
        }

        await using (PooledContext third = pool.CreateDbContext())
        {
            await third.SaveChangesAsync();
        }

        Assert.Equal([paid.Id], await shop.DeliverAsync());
    }

    [Theory]
    [Databases]
    public async Task PublishWebhook_ByAnInterceptorOfSaveChanges_IsStored(Database database)
    {
        var publishing = new PublishingInterceptor();
        await using Shop shop = await Shop.OpenAsync(database, options: options => options.AddInterceptors(publishing));
        await using ShopContext context = shop.NewContext();
        context.Add(new Invoice { Id = "inv_1", Total = 5 });

        await context.SaveChangesAsync();

        Assert.Equal([publishing.Published!.Id], await shop.DeliverAsync());
    }

    private static DbContextOptions<ShopContext> Options(Action<DbContextOptionsBuilder> connect, Shop? webhooks = null)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>();
        connect(builder);

        if (webhooks is not null)
        {
            builder.UseWebhooks(webhooks.Services);
        }

        // Each test has a model of its own.
        return builder.ConfigureWarnings(static warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)).Options;
    }

    private static WebhookEvent NewEvent() => WebhookEvent.Create(Shop.Paid.Name, new Invoice { Id = "inv_0", Total = 1 }, ShopJson.Default.Invoice);
}
