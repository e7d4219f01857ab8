using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// A program that publishes events of 1 KiB, each for one owner, and delivers them to the owner's subscription.
/// </summary>
internal sealed class Application : IAsyncDisposable
{
    private const int Producers = 256;
    private static readonly byte[] Data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-benchmark-");
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private readonly CountingHandler _handler;
    private readonly IWebhookPublisher _publisher;
    private readonly NpgsqlDataSource? _dataSource;
    private Task _running = Task.CompletedTask;

    private Application(DeliveryStore store, bool overNetwork, NpgsqlDataSource? dataSource, string schema, CountingHandler? handler)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        IWebhooksBuilder webhooks = services.AddWebhooks(static options => options.AllowLoopback = true);
        webhooks.ConfigureOutbox(options => options.StopTimeout = TimeSpan.Zero);

        _ = store switch
        {
            DeliveryStore.Sqlite => webhooks.UseSqlite($"Data Source={Path.Combine(_directory.FullName, "webhooks")}.db;Pooling=False"),
            DeliveryStore.PostgreSql => webhooks.UsePostgreSql(dataSource!, options => (options.AllowUnsealed, options.Schema) = (true, schema)),
            _ => webhooks,
        };

        webhooks.HttpClient.ConfigurePrimaryHttpMessageHandler(_ => _handler!);
        _services = services.BuildServiceProvider();
        _handler = handler ?? (overNetwork
            ? new CountingHandler(new WebhookTransport(_services.GetRequiredService<IOptions<WebhookOptions>>().Value))
            : new CountingHandler());
        _publisher = _services.GetRequiredService<IWebhookPublisher>();
        _dataSource = dataSource;
    }

    /// <summary>Starts one, with its dispatcher and a signed subscription for each owner and URL.</summary>
    public static async Task<Application> RunAsync(DeliveryStore store, bool overNetwork, IEnumerable<(string Owner, Uri Url)> subscriptions)
    {
        NpgsqlDataSource? dataSource = store == DeliveryStore.PostgreSql ? NpgsqlDataSource.Create(await PostgreSqlServer.ConnectionStringAsync()) : null;
        var application = new Application(store, overNetwork, dataSource, $"w{Guid.NewGuid():N}", handler: null);
        await application.SubscribeAsync(subscriptions);
        application.Start();
        return application;
    }

    /// <summary>Makes one of several that share a schema of PostgreSQL and count their answers together. It disposes of the data source.</summary>
    public static Application Of(NpgsqlDataSource dataSource, string schema, CountingHandler handler) =>
        new(DeliveryStore.PostgreSql, overNetwork: false, dataSource, schema, handler);

    /// <summary>
    /// Adds a signed subscription for each owner and URL, under ids that are the same each time: they decide which lease an endpoint belongs to.
    /// </summary>
    public async Task SubscribeAsync(IEnumerable<(string Owner, Uri Url)> subscriptions)
    {
        IWebhookSubscriptions all = _services.GetRequiredService<IWebhookSubscriptions>();

        foreach ((int Number, (string Owner, Uri Url) Of)[] chunk in subscriptions.Index().Chunk(Producers))
        {
            await Task.WhenAll(chunk.Select(each => all.AddAsync(new WebhookSubscription
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"sub_{each.Number:D6}"),
                Owner = each.Of.Owner,
                EventTypes = ["*"],
                Endpoint = new WebhookEndpoint(each.Of.Url) { Secrets = [WebhookSecret.Generate()] },
            })));
        }
    }

    /// <summary>Starts the dispatcher.</summary>
    public void Start() => _running = _services.GetRequiredService<WebhookDispatcher>().RunAsync(_stop.Token);

    /// <summary>Publishes events, each awaited by one of 256 producers.</summary>
    public Task PublishAsync(int events, Func<int, string> ownerOf, DateTimeOffset? notBefore = null)
    {
        int published = -1;

        return Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref published); i < events; i = Interlocked.Increment(ref published))
            {
                await _publisher.PublishAsync(
                    new WebhookPublication(WebhookEvent.For("invoice.paid").WithJson(Data).Build()) { Owner = ownerOf(i), NotBefore = notBefore });
            }
        })));
    }

    /// <summary>Publishes events and waits until as many deliveries are answered as are expected.</summary>
    public async Task DeliverAsync(int events, Func<int, string> ownerOf, int deliveries)
    {
        Task answered = _handler.Expect(deliveries);
        await PublishAsync(events, ownerOf);
        await answered;
    }

    public ValueTask<StoreStatistics> StatisticsAsync() => _services.GetRequiredService<IWebhookStoreOperations>().ReadStatisticsAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _services.DisposeAsync();
        await (_dataSource?.DisposeAsync() ?? default);
        _stop.Dispose();
        _directory.Delete(recursive: true);
    }
}
