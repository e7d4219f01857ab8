using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Webhooks.Sdk.Benchmarks.Saving;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Saves invoices in PostgreSQL by Entity Framework Core, one in each SaveChanges of four at a time: without an event, with one of 1 KiB, and with the entity of as
/// many bytes that one would add by hand, for something else to send.
/// </summary>
/// <remarks>Compare them with <c>--rates PublishInSaveChanges</c>.</remarks>
public class PublishInSaveChanges
{
    private const int Saves = 1_000;
    private const int Workers = 4;

    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private NpgsqlDataSource _dataSource = null!;
    private ServiceProvider _services = null!;
    private IDbContextFactory<ShopContext> _contexts = null!;

    /// <summary>Gets or sets how many statements Npgsql prepares on each connection; 0 is its default.</summary>
    [Params(0, 50)]
    public int MaxAutoPrepare { get; set; }

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _dataSource = NpgsqlDataSource.Create($"{await PostgreSqlServer.ConnectionStringAsync()};Max Auto Prepare={MaxAutoPrepare}");
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddWebhooks().UsePostgreSql(_dataSource, static options => (options.Schema, options.AllowUnsealed) = ("saving", true));
        services.AddDbContextFactory<ShopContext>((provider, options) => options.UseNpgsql(_dataSource).UseWebhooks(provider));
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());
        _contexts = _services.GetRequiredService<IDbContextFactory<ShopContext>>();
        await using ShopContext context = _contexts.CreateDbContext();

        if (!await context.Database.SqlQueryRaw<bool>("SELECT to_regclass('saved_invoice') IS NOT NULL AS \"Value\"").SingleAsync())
        {
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        }
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _services.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Saves)]
    public Task WithoutEvent() => RunAsync(static _ => { });

    [Benchmark(OperationsPerInvoke = Saves)]
    public Task WithEvent() => RunAsync(context => context.PublishWebhook(NewEvent()));

    [Benchmark(OperationsPerInvoke = Saves)]
    public Task WithEntityByHand() => RunAsync(context => context.Add(new SavedMessage { Id = Guid.CreateVersion7(), Type = "invoice.paid", Payload = _data }));

    private Task RunAsync(Action<ShopContext> publish)
    {
        int left = Saves;

        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using ShopContext context = await _contexts.CreateDbContextAsync();
                context.Add(new SavedInvoice { Id = Guid.CreateVersion7(), Customer = "customer1234", Total = 99.5m });
                publish(context);
                await context.SaveChangesAsync();
            }
        })));
    }

    private WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson(_data).Build();
}
