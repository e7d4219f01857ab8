using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Durability.Tests.Working;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>One of two applications cannot reach the database as it should.</summary>
public sealed class NetworkTests(ITestOutputHelper output)
{
    private const int Events = 30;
    private const string Near = "near";
    private const string Far = "far";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);
    private static readonly string[] Ordered = Spread.Of("ordered", 4);
    private static readonly string[] Endpoints = [.. Ordered, .. Spread.Of("other", 4)];

    [StoreTheory]
    [InlineData(ProxyFault.Drop)]
    [InlineData(ProxyFault.Reset)]
    [InlineData(ProxyFault.Blackhole)]
    [InlineData(ProxyFault.Slow)]
    [InlineData(ProxyFault.HalfOpen)]
    public async Task Fault_BetweenAnApplicationAndItsDatabase_EndsItsSendingWithItsLeaseAndLosesNothing(ProxyFault fault)
    {
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        var direct = new NpgsqlConnectionStringBuilder(database.Address.Target);
        await using var proxy = new TcpProxy(direct.Port);
        await using var log = new ReceiverLog();
        await database.PrepareAsync(Endpoints.Select(id => (id, log.UrlOf(id), Ordered.Contains(id))));

        // An application says how long it waits for its database: without, a connection that is lost silently is waited for half a minute.
        await using var farSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Port = proxy.Port, Timeout = 2, CommandTimeout = 2 });
        await using ServiceProvider near = Open(database, Near);
        await using ServiceProvider far = Open(database, Far, farSource);
        int published = 0;
        long cut, healed;

        await using (far.Run())
        await using (near.Run())
        {
            // A half each, before there is anything to deliver.
            await database.UntilNoneAsync(
                "(SELECT 1 WHERE (SELECT count(*) FROM (SELECT 1 FROM webhooks_bucket WHERE expires_at > webhooks_now() GROUP BY holder HAVING count(*) > 100) AS halves) < 2) AS unshared");
            await PublishUntilAsync(static arrivals => arrivals.TakeLast(3 * Endpoints.Length).Select(static arrival => arrival.Worker).Distinct().Count() == 2);
            int before = log.Arrivals().Length;
            await PublishAsync();
            await log.UntilAsync(arrivals => arrivals.Skip(before).Any(static arrival => arrival.Worker == Far), "something in its hand");

            proxy.Set(fault);
            cut = Stopwatch.GetTimestamp();
            await PublishAsync();
            await log.UntilAsync(arrivals => AllArrived(arrivals, published), "all deliveries without the one that is cut off");
            await UntilAsync(cut, 1.5 * Lease);
            proxy.Set(ProxyFault.None);
            healed = Stopwatch.GetTimestamp();
            await PublishUntilAsync(arrivals => arrivals.Any(arrival => arrival.Worker == Far && arrival.Timestamp > healed));
            await log.UntilAsync(arrivals => AllArrived(arrivals, published), "all deliveries");
        }

        Arrival[] arrivals = log.Arrivals();
        TimeSpan[] late = [.. arrivals.Where(arrival => arrival.Worker == Far && arrival.Timestamp > cut && arrival.Timestamp < healed)
            .Select(arrival => Stopwatch.GetElapsedTime(cut, arrival.Timestamp))];
        Arrival[] delivered = [.. arrivals.Where(static arrival => arrival.Status == 200)];
        int wanted = published * Endpoints.Length;
        int disorders = 0;

        foreach (string endpoint in Ordered)
        {
            disorders += Disorder.Count(await DeliveryOrder.OfAsync(database, endpoint), arrivals.Where(arrival => arrival.Endpoint == endpoint));
        }

        TimeSpan recovery = Stopwatch.GetElapsedTime(healed, arrivals.First(arrival => arrival.Worker == Far && arrival.Timestamp > healed).Timestamp);
        output.WriteLine(
            $"{fault}: lost {wanted - delivered.Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count()}, duplicates {delivered.Length - wanted}, "
            + $"out of order {disorders}, sent for {late.DefaultIfEmpty().Max().TotalSeconds:0.00} s after the cut, back {recovery.TotalSeconds:0.00} s after it healed");
        Assert.Equal(wanted, delivered.Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count());
        Assert.Equal(0, disorders);
        Assert.Equal(0, await database.CountDoubledAsync());

        if (fault != ProxyFault.Slow)
        {
            // 80 % of the lease; what was sent may take a moment to arrive.
            Assert.All(late, static after => Assert.InRange(after, TimeSpan.Zero, (0.8 * Lease) + TimeSpan.FromMilliseconds(200)));
        }

        async Task PublishAsync()
        {
            await near.PublishAsync(published, Events);
            published += Events;
        }

        async Task PublishUntilAsync(Func<Arrival[], bool> isEnough)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            long start = Stopwatch.GetTimestamp();

            for (; !isEnough(log.Arrivals()); published++)
            {
                if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(30))
                {
                    throw new TimeoutException(
                        $"Requests by worker: {string.Join(' ', log.Arrivals().CountBy(static arrival => arrival.Worker))}; buckets by holder: "
                        + string.Join(' ', await database.ReadAsync<string>("SELECT coalesce(holder, 'nobody') || ' ' || count(*) || ' until ' || max(expires_at) FROM webhooks_bucket GROUP BY holder"))
                        + $"; holders: {string.Join(' ', await database.ReadAsync<string>("SELECT name || ' until ' || expires_at || ' of ' || webhooks_now() FROM webhooks_holder"))}");
                }

                await near.PublishAsync(published, count: 1);
                await timer.WaitForNextTickAsync();
            }
        }
    }

    private static ServiceProvider Open(PostgreSqlDatabase database, string name, NpgsqlDataSource? source = null) => database.Open(
        static options => options.LeaseDuration = Lease,
        configure: builder =>
        {
            builder.HttpClient.AddHttpMessageHandler(() => new FusedHandler(new Fuse(), name));

            if (source is not null)
            {
                builder.UsePostgreSql(source, static options => options.AllowUnsealed = true);
            }
        });

    private static bool AllArrived(Arrival[] arrivals, int events) =>
        arrivals.Where(static arrival => arrival.Status == 200).Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count() >= events * Endpoints.Length;

    private static async Task UntilAsync(long start, TimeSpan over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));

        while (Stopwatch.GetElapsedTime(start) < over)
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
