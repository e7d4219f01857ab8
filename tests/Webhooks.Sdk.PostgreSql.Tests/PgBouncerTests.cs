using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>Publishing and delivering through PgBouncer in transaction mode.</summary>
[RequiresPgBouncer]
[Collection(nameof(PgBouncerTests))]
public sealed class PgBouncerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [StoreFact]
    public async Task Prepare_OnAConnection_IsGoneInTheNextTransaction()
    {
        await using TestSchema schema = await TestSchema.CreateBehindPgBouncerAsync();
        await using NpgsqlConnection connection = await schema.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        await command.PrepareAsync();

        // What shows that the other tests would notice.
        PostgresException lost = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            for (int i = 0; i < PgBouncer.PoolSize; i++)
            {
                await command.ExecuteScalarAsync();
            }
        });

        Assert.Equal(PostgresErrorCodes.InvalidSqlStatementName, lost.SqlState);
    }

    [StoreFact]
    public async Task Open_WithNpgsqlResettingConnections_IsRefusedWithTheFix()
    {
        await using TestSchema schema = await TestSchema.CreateBehindPgBouncerAsync(noResetOnClose: false);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => schema.OpenAsync(listen: true));

        Assert.Contains("No Reset On Close=true", refused.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Publish_InTransactionsOfTheCallers_IsStoredWithWhatCommits()
    {
        await using TestSchema schema = await TestSchema.CreateBehindPgBouncerAsync();
        await using ServiceProvider node = Open(schema);
        IWebhookPublisher publisher = node.GetRequiredService<IWebhookPublisher>();
        await node.GetRequiredService<IWebhookSubscriptions>().ListAsync(owner: null);
        await schema.RunAsync("CREATE TABLE webhooks.application(id text PRIMARY KEY)");

        // Twice as many at once as there are connections.
        await Task.WhenAll(Enumerable.Range(0, 2 * PgBouncer.PoolSize).Select(PublishAsync));

        string[] expected = [.. Enumerable.Range(0, 2 * PgBouncer.PoolSize).Where(IsCommitted).Select(static publisher => $"{publisher}").Order()];
        Assert.Equal(expected, await schema.ReadAsync<string>("SELECT id FROM webhooks.application ORDER BY id"));
        Assert.Equal(expected.SelectMany(static id => new[] { $"{id}-0", $"{id}-2" }), await schema.ReadAsync<string>("SELECT id FROM webhooks.event UNION ALL SELECT id FROM webhooks.outbox ORDER BY id"));

        static bool IsCommitted(int publisher) => publisher % 2 == 0;

        async Task PublishAsync(int number)
        {
            await using NpgsqlConnection connection = await schema.DataSource.OpenConnectionAsync();
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
            await using var insert = new NpgsqlCommand(new SchemaName(schema.Name).In($"INSERT INTO webhooks.application VALUES('{number}')"), connection);
            await insert.ExecuteNonQueryAsync();
            await publisher.PublishAsync(EventOf($"{number}-0"), transaction);
            await transaction.SaveAsync("here");
            await publisher.PublishAsync(EventOf($"{number}-1"), transaction);
            await transaction.RollbackAsync("here");
            await publisher.PublishAsync(EventOf($"{number}-2"), transaction);
            await (IsCommitted(number) ? transaction.CommitAsync() : transaction.RollbackAsync());
        }
    }

    [StoreFact]
    public async Task Run_TwoNodesThatPoll_DeliverEverythingOnceAndInOrder()
    {
        const int Events = 60;
        const int Endpoints = 8;
        await using TestSchema schema = await TestSchema.CreateBehindPgBouncerAsync();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider first = Open(schema);
        await using ServiceProvider second = Open(schema);

        foreach (int i in Enumerable.Range(0, Endpoints))
        {
            var endpoint = new WebhookEndpoint(new Uri(receiver.Url, $"{i}")) { Ordered = i % 2 == 0 };
            await first.GetRequiredService<IWebhookSubscriptions>().AddAsync(new WebhookSubscription { Id = $"endpoint-{i}", EventTypes = ["*"], Endpoint = endpoint });
        }

        using var stop = new CancellationTokenSource();
        Task[] running = [.. new[] { first, second }.Select(node => node.GetRequiredService<WebhookDispatcher>().RunAsync(stop.Token))];

        foreach (int i in Enumerable.Range(0, Events))
        {
            // By either node, one after the other, and every other in a transaction.
            IWebhookPublisher publisher = (i % 3 == 0 ? first : second).GetRequiredService<IWebhookPublisher>();

            if (i % 2 == 0)
            {
                await publisher.PublishAsync(EventOf($"{i}"));
            }
            else
            {
                await using NpgsqlConnection connection = await schema.DataSource.OpenConnectionAsync();
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
                await publisher.PublishAsync(EventOf($"{i}"), transaction);
                await transaction.CommitAsync();
            }
        }

        await UntilDoneAsync(schema, Events * Endpoints);
        await stop.CancelAsync();
        await Task.WhenAll(running);

        string[] ids = [.. Enumerable.Range(0, Events).Select(static i => $"{i}")];
        ILookup<string, string> arrived = receiver.Requests.ToLookup(static request => request.Target, static request => request.Header("webhook-id")!);
        Assert.Equal(Endpoints, arrived.Count);
        Assert.All(arrived, endpoint => Assert.Equal(ids.Order(), endpoint.Order()));
        Assert.All(arrived.Where(static endpoint => int.Parse(endpoint.Key[1..], null) % 2 == 0), endpoint => Assert.Equal(ids, endpoint));
        Assert.Equal(Events * Endpoints, (await schema.ReadAsync<int>("SELECT DISTINCT delivery::integer FROM webhooks.attempt")).Count);
    }

    private static ServiceProvider Open(TestSchema schema)
    {
        var services = new ServiceCollection();
        services.AddWebhooks(static options => options.AllowLoopback = true)
            .ConfigureOutbox(static options => options.PollInterval = TimeSpan.FromMilliseconds(50))
            .UsePostgreSql(schema.DataSource, options => (options.Schema, options.AllowUnsealed, options.Listen) = (schema.Name, true, false));
        return services.BuildServiceProvider();
    }

    private static WebhookEvent EventOf(string id) => WebhookEvent.For("invoice.paid").WithId(id).WithJson("{}"u8).Build();

    private static async Task UntilDoneAsync(TestSchema schema, int deliveries)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        List<long> attempts;

        do
        {
            await timer.WaitForNextTickAsync(patience.Token);
            attempts = await schema.ReadAsync<long>("SELECT count(*) FROM webhooks.attempt");
        }
        while (attempts[0] < deliveries);
    }
}
