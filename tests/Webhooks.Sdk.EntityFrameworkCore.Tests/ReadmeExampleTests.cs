using System;
using System.IO;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>The example of README.md, run.</summary>
public sealed class ReadmeExampleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-ef-");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Example_SavesTheInvoiceAndItsEventTogether()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        string database = Path.Combine(_directory.FullName, "shop.db");
        var services = new ServiceCollection();
        var invoicePaid = new WebhookEventType<Invoice>("invoice.paid", ShopJson.Default.Invoice);

        // <register>
        services.AddWebhooks(options => options.AllowLoopback = true).AddEventType(invoicePaid).UseSqlite($"Data Source={database}");
        services.AddDbContext<ShopContext>((provider, options) => options.UseSqlite($"Data Source={database}").UseWebhooks(provider));
        // </register>

        // Of the other tests of this process, each with a schema of its own.
        services.ConfigureDbContext<ShopContext>(static options =>
            options.ConfigureWarnings(static warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning)));
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using AsyncServiceScope scope = provider.CreateAsyncScope();
        ShopContext shop = scope.ServiceProvider.GetRequiredService<ShopContext>();
        await shop.Database.EnsureCreatedAsync();
        var subscription = new WebhookSubscription
        {
            Id = "sub_1",
            EventTypes = ["invoice.*"],
            Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [WebhookSecret.Generate()] },
        };
        await provider.GetRequiredService<IWebhookSubscriptions>().AddAsync(subscription);

        // <publish>
        var invoice = new Invoice { Id = "inv_1", Total = 12.5m };
        shop.Add(invoice);
        shop.PublishWebhook(invoicePaid, invoice);
        await shop.SaveChangesAsync(); // the invoice and its event, or neither
        // </publish>

        await provider.GetRequiredService<WebhookDispatcher>().DrainAsync();
        Assert.Contains("inv_1", receiver.AssertSingleRequest().Text, StringComparison.Ordinal);
        Assert.Equal(1, await shop.Invoices.CountAsync());
    }
}
