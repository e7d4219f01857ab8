using System;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

/// <summary>The example of README.md, run.</summary>
public sealed class ReadmeExampleTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Example_CommitsTheInvoiceAndItsEventTogether()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SqliteConnection connection = await _directory.ConnectAsync();
        await using SqliteCommand create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE invoice(id TEXT)";
        await create.ExecuteNonQueryAsync();
        string database = _directory.Database;
        var services = new ServiceCollection();

        // <example>
        services.AddWebhooks(options => options.AllowLoopback = true).UseSqlite($"Data Source={database}");
        await using ServiceProvider provider = services.BuildServiceProvider();
        var subscriptions = provider.GetRequiredService<IWebhookSubscriptions>();
        var publisher = provider.GetRequiredService<IWebhookPublisher>();
        var endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [WebhookSecret.Generate()] };
        await subscriptions.AddAsync(new WebhookSubscription { Id = "sub_1", EventTypes = ["invoice.*"], Endpoint = endpoint });

        // The invoice and its event are stored together, or neither is.
        await using SqliteTransaction transaction = connection.BeginTransaction();
        await using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO invoice(id) VALUES('inv_1')";
        await insert.ExecuteNonQueryAsync();
        await publisher.PublishAsync(WebhookEvent.For("invoice.paid").WithJson("""{"id":"inv_1"}"""u8).Build(), transaction);
        await transaction.CommitAsync();
        // </example>

        await provider.GetRequiredService<WebhookDispatcher>().DrainAsync();
        Assert.Contains("inv_1", receiver.AssertSingleRequest().Text, StringComparison.Ordinal);
        Assert.Equal(1, await _directory.ReadAsync<long>("SELECT count(*) FROM invoice"));
    }
}
