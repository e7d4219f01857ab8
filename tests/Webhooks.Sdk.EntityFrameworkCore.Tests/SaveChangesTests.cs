using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

public sealed class SaveChangesTests
{
    [Theory]
    [Databases]
    public async Task SaveChanges_WithAnEvent_StoresAndDeliversIt(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        var invoice = new Invoice { Id = "inv_1", Total = 5 };
        context.Add(invoice);
        WebhookEvent? paid = context.PublishWebhook(Shop.Paid, invoice);

        int written = await context.SaveChangesAsync();

        Assert.Equal(2, written);
        Assert.Equal([paid!.Id], await shop.DeliverAsync());
        Assert.Equal(1, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_OfNothingElse_StoresAndDeliversIt(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        WebhookEvent? paid = context.PublishWebhook(Shop.Paid, new Invoice { Id = "inv_1", Total = 5 });

        context.SaveChanges();
        context.SaveChanges();

        Assert.Equal([paid!.Id], await shop.DeliverAsync());
        Assert.Empty(context.ChangeTracker.Entries());
    }
}
