using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class UsePostgreSqlTests
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly WebhookSealingKey Key = WebhookSealingKey.Generate("tests");

    [StoreFact]
    public async Task Publish_ThenTheApplicationEnds_IsDeliveredByTheNext()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        WebhookEvent paid = NewEvent();

        await using (ServiceProvider first = Start(schema))
        {
            await SubscribeAsync(first, receiver);
            await first.GetRequiredService<IWebhookPublisher>().PublishAsync(paid);
        }

        await using ServiceProvider second = Start(schema);
        await second.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest().AssertHeader("webhook-id", paid.Id).AssertSigned(Secret);
        Assert.Equal(1, (await StatisticsAsync(second)).Attempts);
    }

    [StoreFact]
    public async Task Publish_InTheApplicationsTransaction_IsDeliveredOnlyIfItCommits()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider services = Start(schema);
        await SubscribeAsync(services, receiver);
        IWebhookPublisher publisher = services.GetRequiredService<IWebhookPublisher>();
        WebhookEvent committed = NewEvent();

        await using (NpgsqlTransaction transaction = await schema.BeginAsync())
        {
            await publisher.PublishAsync(NewEvent(), transaction);
            await transaction.RollbackAsync();
        }

        await using (NpgsqlTransaction transaction = await schema.BeginAsync())
        {
            await publisher.PublishAsync(committed, transaction);
            await transaction.CommitAsync();
        }

        await services.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest().AssertHeader("webhook-id", committed.Id);
    }

    [StoreFact]
    public async Task Start_WithoutAKey_IsRefusedWithTheReason()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using ServiceProvider services = TestHost.Create(builder => builder.UsePostgreSql(schema.DataSource, options => options.Schema = schema.Name));

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent()));

        Assert.Contains("no key is configured", refused.Message, StringComparison.Ordinal);
        Assert.Equal([false], await schema.ReadAsync<bool>($"SELECT to_regnamespace('\"{schema.Name}\"') IS NOT NULL"));
    }

    [StoreFact]
    public async Task Start_AllowUnsealed_DeliversAndIsRefusedOnceThereIsAKey()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();

        await using (ServiceProvider unsealed = TestHost.Create(builder => builder.UsePostgreSql(
            schema.DataSource, options => (options.Schema, options.AllowUnsealed) = (schema.Name, true))))
        {
            await SubscribeAsync(unsealed, receiver);
            await unsealed.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());
            await unsealed.GetRequiredService<WebhookDispatcher>().DrainAsync();
        }

        receiver.AssertSingleRequest().AssertSigned(Secret);
        await using ServiceProvider sealing = Start(schema);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => sealing.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent()));
        Assert.Contains("under another key", refused.Message, StringComparison.Ordinal);
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UsePostgreSql_AllowUnsealedWithKeys_SealsUnderThem(bool keysFirst)
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        void Allow(WebhookPostgreSqlOptions options) => (options.Schema, options.AllowUnsealed) = (schema.Name, true);

        await using ServiceProvider services = TestHost.Create(builder =>
            _ = keysFirst
                ? builder.UseSealingKeys(Key).UsePostgreSql(schema.DataSource, Allow)
                : builder.UsePostgreSql(schema.DataSource, Allow).UseSealingKeys(Key));

        Assert.IsType<WebhookKeySealer>(services.GetRequiredService<IWebhookSealer>());
    }

    [StoreFact]
    public async Task Tables_AfterSubscribingAndPublishing_HoldNoSecretInTheClear()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider services = Start(schema);
        await SubscribeAsync(services, receiver);

        string stored = string.Concat((await schema.ReadAsync<byte[]>("SELECT sealed_settings FROM webhooks.endpoint")).Select(Encoding.Latin1.GetString));

        Assert.NotEmpty(stored);
        Assert.DoesNotContain("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), stored, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task RunDispatchers_ThreeOnOneDatabase_ShareTheEndpointsAndSendEachEventOnce()
    {
        const int Endpoints = 60;
        const int Count = 20;
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        ServiceProvider[] nodes = [Start(schema), Start(schema), Start(schema)];
        await SubscribeAsync(nodes[0], receiver, Endpoints);
        using var stop = new CancellationTokenSource();
        var running = new List<Task>();

        foreach (ServiceProvider node in nodes)
        {
            running.Add(node.GetRequiredService<WebhookDispatcher>().RunAsync(stop.Token));
        }

        await UntilAsync(async () => await HoldersAsync(schema) is [> 80, > 80, > 80]);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => nodes[i % 3].GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent())));
        await UntilAsync(async () => (await StatisticsAsync(nodes[0])).Attempts == Endpoints * Count);
        await stop.CancelAsync();
        await Task.WhenAll(running);

        Assert.Equal(Endpoints * Count, receiver.Requests.Count);
        Assert.Empty(await HoldersAsync(schema));

        foreach (ServiceProvider node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [StoreFact]
    public async Task RunDispatchers_OneThatJoinsAndLeaves_GetsItsShareAndGivesItBack()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        await using ServiceProvider first = Start(schema);
        await using ServiceProvider second = Start(schema);
        await first.GetRequiredService<IWebhookStore>().OpenAsync();
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        Task one = first.GetRequiredService<WebhookDispatcher>().RunAsync(stopFirst.Token);
        await UntilAsync(async () => await HoldersAsync(schema) is [257]);

        Task two = second.GetRequiredService<WebhookDispatcher>().RunAsync(stopSecond.Token);
        long joined = TimeProvider.System.GetTimestamp();
        await UntilAsync(async () => await HoldersAsync(schema) is [129, 128] or [128, 129]);
        TimeSpan sharing = TimeProvider.System.GetElapsedTime(joined);
        await stopSecond.CancelAsync();
        await two;
        long left = TimeProvider.System.GetTimestamp();
        await UntilAsync(async () => await HoldersAsync(schema) is [257]);
        TimeSpan takeOver = TimeProvider.System.GetElapsedTime(left);
        await stopFirst.CancelAsync();
        await one;

        // Leases are of 15 seconds; nobody waits for one to run out.
        Assert.InRange(sharing, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(takeOver, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [StoreFact]
    public async Task UsePostgreSql_Misused_Throws()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        IWebhooksBuilder builder = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentNullException>(() => PostgreSqlWebhooksBuilderExtensions.UsePostgreSql(null!, schema.DataSource));
        Assert.Throws<ArgumentNullException>(() => builder.UsePostgreSql(null!));
        Assert.Throws<ArgumentNullException>(() => builder.UsePostgreSql(schema.DataSource, null!));
        Assert.Throws<ArgumentException>(() => builder.UsePostgreSql(schema.DataSource, options => options.Schema = "a\"b"));
        Assert.Equal(("webhooks", true, false), Defaults());
    }

    private static (string Schema, bool Listen, bool AllowUnsealed) Defaults()
    {
        var options = new WebhookPostgreSqlOptions();
        return (options.Schema, options.Listen, options.AllowUnsealed);
    }

    private static WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson("\"visible-data\""u8).Build();

    private static async Task SubscribeAsync(ServiceProvider services, WebhookReceiver receiver, int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            await services.GetRequiredService<IWebhookSubscriptions>().AddAsync(new WebhookSubscription
            {
                Id = $"sub_{i}",
                EventTypes = ["*"],
                Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [Secret] },
            });
        }
    }

    private static async Task<StoreStatistics> StatisticsAsync(ServiceProvider services) =>
        await services.GetRequiredService<IWebhookStoreOperations>().ReadStatisticsAsync();

    private static async Task<List<long>> HoldersAsync(TestSchema schema) =>
        await schema.ReadAsync<long>("SELECT count(*) FROM webhooks.bucket WHERE holder IS NOT NULL AND expires_at > webhooks.now() GROUP BY holder");

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static ServiceProvider Start(TestSchema schema) =>
        TestHost.Create(builder => builder.UsePostgreSql(schema.DataSource, options => options.Schema = schema.Name).UseSealingKeys(Key));
}
