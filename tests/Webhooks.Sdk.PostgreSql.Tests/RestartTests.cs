using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>What happens when the server is killed: with a server of the test's own.</summary>
public sealed class RestartTests
{
    [StoreFact]
    public async Task KilledServer_PublisherIsTold_AndAllThatWasAcknowledgedIsDelivered()
    {
        if (PostgreSqlBinaries.Find() is null)
        {
            // With a server of somebody else's there is nothing to kill; the other tests use it.
            return;
        }

        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync();
        await using var dataSource = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider services = TestHost.Create(
            builder => builder.UsePostgreSql(dataSource).UseSealingKeys(WebhookSealingKey.Generate("tests")));
        await services.GetRequiredService<IWebhookSubscriptions>().AddAsync(
            new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = new WebhookEndpoint(receiver.Url) });
        using var stop = new CancellationTokenSource();
        Task running = services.GetRequiredService<WebhookDispatcher>().RunAsync(stop.Token);
        IWebhookPublisher publisher = services.GetRequiredService<IWebhookPublisher>();
        WebhookEvent before = NewEvent();
        await publisher.PublishAsync(before);

        await cluster.KillAsync();
        WebhookStoreException told = await Assert.ThrowsAsync<WebhookStoreException>(() => publisher.PublishAsync(NewEvent()));
        await cluster.StartServerAsync();
        WebhookEvent after = NewEvent();
        await publisher.PublishAsync(after);

        Assert.True(told.IsTransient);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (!new[] { before.Id, after.Id }.All(id => receiver.Requests.Any(request => request.Header("webhook-id") == id)))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
    }

    private static WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson("{}"u8).Build();
}
