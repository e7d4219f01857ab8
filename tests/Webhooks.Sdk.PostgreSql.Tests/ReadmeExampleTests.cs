using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>The README's example of many machines, as it stands there.</summary>
public sealed class ReadmeExampleTests
{
    [StoreFact]
    public async Task Example_TwoNodes_DeliverWhatCommits()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        NpgsqlDataSource dataSource = schema.DataSource;
        var services = new ServiceCollection();
        string sealingKey = WebhookSealingKey.Generate("2026").Reveal();

        // <example>
        services.AddWebhooks()
            .UsePostgreSql(dataSource) // on every node
            .UseSealingKeys(WebhookSealingKey.Parse(sealingKey)); // the same on every node, from your vault
        // </example>

        services.AddWebhooks(options => options.AllowLoopback = true).UsePostgreSql(dataSource, options => options.Schema = schema.Name);
        await using ServiceProvider first = services.BuildServiceProvider();
        await using ServiceProvider second = services.BuildServiceProvider();
        await first.GetRequiredService<IWebhookSubscriptions>().AddAsync(
            new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = new WebhookEndpoint(receiver.Url) });
        await using NpgsqlTransaction transaction = await schema.BeginAsync();
        await first.GetRequiredService<IWebhookPublisher>().PublishAsync(WebhookEvent.For("invoice.paid").WithJson("{}"u8).Build(), transaction);
        await transaction.CommitAsync();

        await second.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest();
    }
}
