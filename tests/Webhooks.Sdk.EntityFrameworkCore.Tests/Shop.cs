using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.PostgreSql.Cluster;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>
/// An application with a database of its own, in which it keeps invoices and publishes what becomes of them, and one subscriber.
/// </summary>
internal sealed class Shop : IAsyncDisposable
{
    public static readonly WebhookEventType<Invoice> Paid = new("invoice.paid", ShopJson.Default.Invoice);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-ef-");
    private readonly ShopSchema? _schema;
    private readonly NpgsqlDataSource? _dataSource;

    private Shop(NpgsqlDataSource? dataSource, Action<IServiceCollection>? configure, Action<DbContextOptionsBuilder>? options)
    {
        _dataSource = dataSource;
        _schema = dataSource is null ? null : new ShopSchema($"shop_{Guid.CreateVersion7():N}");
        var services = new ServiceCollection();
        IWebhooksBuilder webhooks = services.AddWebhooks(o => o.AllowLoopback = true)
            .AddEventType(Paid, type => type.When(invoice => invoice.Total >= 1));

        if (dataSource is null)
        {
            webhooks.UseSqlite($"Data Source={File}");
        }
        else
        {
            webhooks.UsePostgreSql(dataSource, o => (o.Schema, o.AllowUnsealed) = (_schema!.Name, true));
            services.AddSingleton(_schema!);
        }

        services.AddDbContextFactory<ShopContext>((provider, builder) => Configure(builder, provider, options));
        configure?.Invoke(services);
        Services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public ServiceProvider Services { get; }

    public WebhookReceiver Receiver { get; } = WebhookReceiver.Start();

    public string File => Path.Combine(_directory.FullName, "shop.db");

    /// <summary>Gets how messages name the database of the store.</summary>
    public string Address => _dataSource is null ? File : _dataSource.ConnectionString;

    public string EventTable => _dataSource is null ? "webhooks_event" : "outbox";

    /// <summary>Makes a shop without a database yet.</summary>
    public static async Task<Shop> CreateAsync(
        Database database, Action<IServiceCollection>? configure = null, Action<DbContextOptionsBuilder>? options = null)
    {
        NpgsqlDataSource? dataSource = database == Database.Sqlite ? null : NpgsqlDataSource.Create(await PostgreSqlServer.ConnectionStringAsync());
        return new Shop(dataSource, configure, options);
    }

    /// <summary>Opens a shop with its tables and its subscriber.</summary>
    /// <param name="database">Where it keeps things.</param>
    /// <param name="configure">Configures its services further.</param>
    /// <param name="options">Configures its contexts further.</param>
    public static async Task<Shop> OpenAsync(
        Database database, Action<IServiceCollection>? configure = null, Action<DbContextOptionsBuilder>? options = null)
    {
        Shop shop = await CreateAsync(database, configure, options);

        // First, so that the store's tables are there when those of the model are made.
        await shop.Services.GetRequiredService<IWebhookSubscriptions>().AddAsync(
            new WebhookSubscription
            {
                Id = "sub_1",
                EventTypes = [Paid.Name],
                Endpoint = new WebhookEndpoint(shop.Receiver.Url) { Secrets = [WebhookSecret.Generate()], Ordered = true },
            });
        await using ShopContext context = shop.NewContext();
        await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        return shop;
    }

    public ShopContext NewContext() => Services.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContext();

    public async Task<DbTransaction> BeginAsync()
    {
        DbConnection connection = _dataSource is null ? new SqliteConnection($"Data Source={File}") : _dataSource.CreateConnection();
        await connection.OpenAsync();
        return await connection.BeginTransactionAsync();
    }

    /// <summary>Connects a context to the database of the shop.</summary>
    public void Connect(DbContextOptionsBuilder builder)
    {
        if (_dataSource is null)
        {
            builder.UseSqlite($"Data Source={File}");
        }
        else
        {
            builder.UseNpgsql(_dataSource);
        }
    }

    private void Configure(DbContextOptionsBuilder builder, IServiceProvider provider, Action<DbContextOptionsBuilder>? options = null)
    {
        Connect(builder);

        // Each test has a schema, and so a model, of its own.
        builder.UseWebhooks(provider).ConfigureWarnings(static warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
        options?.Invoke(builder);
    }

    /// <summary>Delivers whatever is committed.</summary>
    /// <returns>The ids of all events that were received so far, in their order.</returns>
    public async Task<string[]> DeliverAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Services.GetRequiredService<WebhookDispatcher>().DrainAsync(patience.Token);
        return [.. Receiver.Requests.Select(static request => request.Header("webhook-id")!)];
    }

    /// <summary>Lets the dispatcher look for work that nobody signalled after minutes only.</summary>
    public static void PollSeldom(IServiceCollection services) =>
        services.Configure<WebhookOutboxOptions>(static options => options.PollInterval = TimeSpan.FromMinutes(5));

    /// <summary>Runs the dispatcher, and waits until it has done what there was to do.</summary>
    public async Task<IAsyncDisposable> RunDispatcherAsync()
    {
        var running = new RunningDispatcher(Services.GetRequiredService<WebhookDispatcher>());
        running.Start();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        WebhookEvent forNobody = WebhookEvent.For(Paid.Name).WithJson("{}"u8).Build();
        await Services.GetRequiredService<IWebhookPublisher>().PublishAsync(new WebhookPublication(forNobody) { Owner = "nobody" }, patience.Token);

        while ((await StatisticsAsync()).PendingEvents > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return running;
    }

    public async Task<StoreStatistics> StatisticsAsync() => await Services.GetRequiredService<IWebhookStoreOperations>().ReadStatisticsAsync();

    public async Task<int> CountInvoicesAsync()
    {
        await using ShopContext context = NewContext();
        return await context.Invoices.CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Receiver.DisposeAsync();

        if (_dataSource is not null)
        {
            await using (DbCommand drop = _dataSource.CreateCommand($"DROP SCHEMA IF EXISTS \"{_schema!.Name}\" CASCADE"))
            {
                await drop.ExecuteNonQueryAsync();
            }

            await _dataSource.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
