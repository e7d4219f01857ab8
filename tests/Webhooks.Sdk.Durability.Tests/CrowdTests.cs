using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Many deliveries that wait at once.</summary>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const string Hanging = "hanging";

    // .ci/long has 100,000.
    private static readonly int Backlog =
        Environment.GetEnvironmentVariable("WEBHOOKS_BACKLOG") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 10_000;

    [Theory]
    [Databases]
    public async Task Run_EndpointThatHangsWithABacklog_LeavesTheOthersAsTheyWere(DatabaseKind kind)
    {
        const int Healthy = 63;
        using Database database = await Database.CreateAsync(kind);
        await using var log = new ReceiverLog
        {
            Answers = static arrival => arrival.Endpoint == Hanging ? ReceiverAnswer.Silence() : ReceiverAnswer.Status(200),
        };
        await using ServiceProvider application = database.Open(options => options.StopTimeout = TimeSpan.Zero);
        await application.SubscribeAsync(Hanging, log.UrlOf(Hanging), types: "backlog.*");

        foreach (int i in Enumerable.Range(0, Healthy))
        {
            await application.SubscribeAsync($"healthy-{i}", log.UrlOf($"healthy-{i}"), types: "thing.*");
        }

        await using (application.Run())
        {
            await MeasureAsync(0, 3);
            TimeSpan[] without = await MeasureAsync(10, 20);

            foreach (int[] chunk in Enumerable.Range(1000, Backlog).Chunk(1000))
            {
                await Task.WhenAll(chunk.Select(number => application.Publisher().PublishAsync(ApplicationExtensions.EventOf(number, "backlog.grew"))));
            }

            await log.UntilAsync(arrivals => arrivals.Any(arrival => arrival.Endpoint == Hanging), "the first hanging request");

            while ((await application.StatisticsAsync()).PendingEvents > 0)
            {
                await Task.Yield();
            }

            TimeSpan[] with = await MeasureAsync(40, 20);
            long waiting = await database.CountAsync($"webhooks_delivery AS d JOIN webhooks_endpoint AS e ON e.n = d.endpoint WHERE e.id = '{Hanging}'");

            output.WriteLine($"{kind}, backlog {Backlog}: healthy p50 {Show(without, 0.5)} without, {Show(with, 0.5)} with; p99 {Show(without, 0.99)} without, {Show(with, 0.99)} with.");
            Assert.Equal(Backlog, waiting);
        }

        async Task<TimeSpan[]> MeasureAsync(int first, int count)
        {
            var latencies = new List<TimeSpan>();

            foreach (int number in Enumerable.Range(first, count))
            {
                long published = Stopwatch.GetTimestamp();
                await application.PublishAsync(number, count: 1);
                await log.UntilAsync(arrivals => ArrivedOf(arrivals, number).Length == Healthy, $"all deliveries of {number}");
                latencies.AddRange(ArrivedOf(log.Arrivals(), number).Select(arrival => Stopwatch.GetElapsedTime(published, arrival.Timestamp)));
            }

            return [.. latencies.Order()];
        }

        static Arrival[] ArrivedOf(Arrival[] arrivals, int number) => [.. arrivals.Where(arrival => arrival.EventId == $"evt-{number}")];

        static string Show(TimeSpan[] sorted, double share) => $"{sorted[(int)(share * (sorted.Length - 1))].TotalMilliseconds:0.0} ms";
    }

    [Theory]
    [Databases]
    public async Task Run_ManyEndpointsAreBackAfterAnHour_SendsNoMoreAtOnceThanMayBe(DatabaseKind kind)
    {
        const int Endpoints = 50;
        const int Events = 40;
        const int AtOnce = 120;
        const int AtOnceToOne = 4;
        using Database database = await Database.CreateAsync(kind);
        await using var log = new ReceiverLog { Status = static _ => 503 };
        var time = new SteppedTime();

        await using (ServiceProvider down = database.Open(Limits, time))
        {
            foreach (int i in Enumerable.Range(0, Endpoints))
            {
                await down.SubscribeAsync($"endpoint-{i}", log.UrlOf($"endpoint-{i}"));
            }

            await down.PublishAsync(first: 0, Events);
            await using RunningDispatcher running = down.Run();
            await log.UntilAsync(arrivals => arrivals.GroupBy(arrival => arrival.Endpoint).Count(group => group.Count() >= 5) == Endpoints, "five failures each");
        }

        time.Step(TimeSpan.FromHours(1));
        await database.SetClockAsync(TimeSpan.FromHours(1));
        int failed = log.Arrivals().Length;
        var gate = new ReceiverGate();
        log.Answers = _ => ReceiverAnswer.Status(200).After(gate);
        log.Status = static _ => 200;
        await using ServiceProvider application = database.Open(Limits, time);
        Assert.Equal(Endpoints * Events, await database.CountAsync("webhooks_delivery"));

        await using (application.Run())
        {
            await log.UntilAsync(arrivals => arrivals.Length - failed == AtOnce, "as many requests as may be");

            // One more event has been fanned out: the dispatcher has looked, and could have started more if that were allowed.
            await application.PublishAsync(Events, count: 1);

            while ((await application.StatisticsAsync()).Waiting < Endpoints * (Events + 1))
            {
                await Task.Yield();
            }

            Arrival[] underWay = log.Arrivals()[failed..];
            Assert.Equal(AtOnce, underWay.Length);
            Assert.All(underWay.GroupBy(arrival => arrival.Endpoint), group => Assert.InRange(group.Count(), 1, AtOnceToOne));

            gate.Open();
            await log.UntilAsync(arrivals => arrivals.Length - failed == Endpoints * (Events + 1), "all deliveries");
        }

        Assert.Equal(Endpoints * (Events + 1), log.Arrivals()[failed..].Select(arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count());

        static void Limits(WebhookOutboxOptions options) =>
            (options.MaxConcurrency, options.MaxConcurrencyPerEndpoint, options.PollInterval) = (AtOnce, AtOnceToOne, TimeSpan.FromMilliseconds(200));
    }
}
