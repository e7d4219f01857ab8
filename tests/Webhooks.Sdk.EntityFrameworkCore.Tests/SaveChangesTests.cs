using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        Assert.Empty(await shop.DeliverAsync());

        int written = await context.SaveChangesAsync();

        Assert.Equal(2, written);
        Assert.Equal([paid!.Id], await shop.DeliverAsync());
        Assert.EndsWith("""{"Id":"inv_1","Total":5}}""", shop.Receiver.AssertSingleRequest().Text, StringComparison.Ordinal);
        Assert.Equal(1, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_OfNothingElse_StoresTheEventOnceAndForgetsIt(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        WebhookEvent paid = context.PublishWebhook(NewEvent());

        context.SaveChanges();
        context.SaveChanges();

        Assert.Equal([paid.Id], await shop.DeliverAsync());
        Assert.Empty(context.ChangeTracker.Entries());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_RefusedByAConstraint_StoresNothingUntilItSucceeds(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        var invoice = new Invoice { Id = "inv_1", Total = -1 };
        context.Add(invoice);
        WebhookEvent paid = context.PublishWebhook(NewEvent());
        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
        Assert.Empty(await shop.DeliverAsync());

        invoice.Total = 1;
        await context.SaveChangesAsync();

        Assert.Equal([paid.Id], await shop.DeliverAsync());
        Assert.Equal(1, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_ManyEvents_AreStoredInTheOrderOfPublishing(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        string[] published = [.. Enumerable.Range(0, 300).Select(_ => context.PublishWebhook(NewEvent()).Id)];

        await context.SaveChangesAsync();

        IReadOnlyList<PendingEvent> pending = await shop.Services.GetRequiredService<IWebhookStore>().ReadPendingAsync(1000);
        Assert.Equal(published, pending.Select(static each => each.Event.Id));
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_KeyThatIsKnown_StoresTheDataAndDeliversTheFirst(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        WebhookEvent first = NewEvent();
        WebhookEvent ofAnOwner = NewEvent();
        await shop.Services.GetRequiredService<IWebhookPublisher>().PublishAsync(new WebhookPublication(first) { IdempotencyKey = "k" });

        for (int i = 1; i <= 2; i++)
        {
            await using ShopContext context = shop.NewContext();
            context.Add(new Invoice { Id = $"inv_{i}", Total = 5 });
            context.PublishWebhook(new WebhookPublication(NewEvent()) { IdempotencyKey = "k" });
            context.PublishWebhook(new WebhookPublication(i == 1 ? ofAnOwner : NewEvent()) { IdempotencyKey = "k", Owner = "acme" });
            await context.SaveChangesAsync();
        }

        await shop.DeliverAsync();
        StoreStatistics statistics = await shop.StatisticsAsync();
        Assert.Equal((1, 0), (statistics.Attempts, statistics.PendingEvents));
        Assert.Equal(first.Id, shop.Receiver.AssertSingleRequest().Header("webhook-id"));
        Assert.Equal(2, await shop.CountInvoicesAsync());
    }

    [Theory]
    [Databases]
    public async Task PublishWebhook_EverythingOfAPublication_IsStored(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        var at = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
        WebhookEvent paid = WebhookEvent.For("invoice.paid").WithId("evt_1").WithSubject("inv_1").WithSource("https://shop.example")
            .WithTimestamp(at.AddTicks(1)).WithJson("""{"id":"inv_1"}"""u8).Build();
        using var activity = new System.Diagnostics.Activity("publishing");
        activity.SetIdFormat(System.Diagnostics.ActivityIdFormat.W3C).Start();
        context.PublishWebhook(new WebhookPublication(paid) { Owner = "acme", NotBefore = at.AddHours(1), ExpiresAt = at.AddHours(2), IdempotencyKey = "k" });

        await context.SaveChangesAsync();

        StoredEvent stored = Assert.Single(await shop.Services.GetRequiredService<IWebhookStore>().ReadPendingAsync(10)).Event;
        Assert.Equal(("evt_1", "acme", "invoice.paid", "inv_1", paid.Source), (stored.Id, stored.Owner, stored.Type, stored.Subject, stored.Source));
        Assert.Equal((at.AddTicks(1), at.AddHours(1), at.AddHours(2)), (stored.Timestamp, stored.NotBefore, stored.ExpiresAt));
        Assert.Equal(("k", activity.Id, true, null), (stored.IdempotencyKey, stored.TraceParent, stored.CountsForHealth, stored.EndpointId));
        Assert.True(stored.Data.Span.SequenceEqual("""{"id":"inv_1"}"""u8));
        Assert.True(stored.SealedRequest.IsEmpty);
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_AfterThePredicateSaidNo_StoresNoEvent(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        var free = new Invoice { Id = "inv_1", Total = 0.5m };
        context.Add(free);

        WebhookEvent? none = context.PublishWebhook(Shop.Paid, free);
        int written = await context.SaveChangesAsync();

        Assert.Null(none);
        Assert.Equal(1, written);
    }

    [Theory]
    [Databases]
    public async Task SaveChanges_AfterTheTrackerWasCleared_StoresNoEvent(Database database)
    {
        await using Shop shop = await Shop.OpenAsync(database);
        await using ShopContext context = shop.NewContext();
        context.PublishWebhook(NewEvent());
        context.ChangeTracker.Clear();
        WebhookEvent paid = context.PublishWebhook(NewEvent());

        await context.SaveChangesAsync();

        Assert.Equal([paid.Id], await shop.DeliverAsync());
    }

    private static WebhookEvent NewEvent() => WebhookEvent.Create(Shop.Paid.Name, new Invoice { Id = "inv_0", Total = 1 }, ShopJson.Default.Invoice);
}
