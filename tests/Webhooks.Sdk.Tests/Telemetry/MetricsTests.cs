using System;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Telemetry;

public sealed class MetricsTests
{
    private const string Receiver = "http.request.method=POST server.address=127.0.0.1 url.scheme=http";

    private readonly ManualTimeProvider _time = new();

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Fact]
    public async Task SendAsync_EventWithARetry_MeasuresAttemptsAndTheDelivery()
    {
        await using var server = LoopbackServer.Start(503, 200);
        await using ServiceProvider provider = CreateProvider(server.Url);
        using var heard = new HeardMetrics(provider);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(Acme(provider), Paid);
        await _time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        await sending;

        Assert.Equal(
            [
                $"error.type=503 http.request.method=POST http.response.status_code=503 server.address=127.0.0.1 url.scheme=http webhooks.endpoint.name=acme",
                $"http.request.method=POST http.response.status_code=200 server.address=127.0.0.1 url.scheme=http webhooks.endpoint.name=acme",
            ],
            heard.Of("webhooks.attempt.duration").Select(measured => measured.Tags));
        Assert.Equal([(1, Receiver), (-1, Receiver), (1, Receiver), (-1, Receiver)], heard.Of("webhooks.attempt.active"));
        Assert.Equal(
            [(1, "webhooks.endpoint.name=acme webhooks.event.type=invoice.paid webhooks.outcome=Succeeded")], heard.Of("webhooks.deliveries"));
    }

    [Fact]
    public async Task SendAsync_TimedOut_IsMeasuredInSeconds()
    {
        await using var server = LoopbackServer.Start((_, _, cancellationToken) => LoopbackServer.StaySilentAsync(cancellationToken));
        await using ServiceProvider provider = TestHost.Create(options: options => options.AttemptTimeout = TimeSpan.FromSeconds(3), time: _time);
        using var heard = new HeardMetrics(provider);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build());

        while (server.Requests.Count == 0)
        {
            await Task.Yield();
        }

        _time.Advance(TimeSpan.FromSeconds(3));
        await sending;

        Assert.Equal([(3, $"error.type=TimedOut {Receiver}")], heard.Of("webhooks.attempt.duration"));
        Assert.Equal([(1, "webhooks.outcome=TimedOut")], heard.Of("webhooks.deliveries"));
    }

    [Fact]
    public async Task SendAsync_CancelledAttempt_IsUnderWayNoMore()
    {
        await using var server = LoopbackServer.Start((_, _, cancellationToken) => LoopbackServer.StaySilentAsync(cancellationToken));
        await using ServiceProvider provider = TestHost.Create();
        using var heard = new HeardMetrics(provider);
        using var cancellation = new CancellationTokenSource();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build(), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.Equal(0, heard.Of("webhooks.attempt.active").Sum(measured => measured.Value));
        Assert.Equal([$"error.type=Cancelled {Receiver}"], heard.Of("webhooks.attempt.duration").Select(measured => measured.Tags));
    }

    [Fact]
    public async Task SendAsync_PacedOrCircuitOpen_IsCountedAndNoAttempt()
    {
        await using var server = LoopbackServer.Start(503);
        await using ServiceProvider provider = CreateProvider(server.Url, endpoint =>
        {
            (endpoint.Rate.Attempts, endpoint.MaxWait) = (1, TimeSpan.Zero);
            (endpoint.CircuitBreaker.Enabled, endpoint.CircuitBreaker.MinimumThroughput) = (true, 2);
        });
        using var heard = new HeardMetrics(provider);

        foreach (WebhookFailure expected in new[] { WebhookFailure.ReceiverFailed, WebhookFailure.Paced, WebhookFailure.ReceiverFailed, WebhookFailure.CircuitOpen })
        {
            Assert.Equal(expected, (await provider.Webhooks().SendAsync(Acme(provider), Paid)).Failure);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        (double, string) once = (1, "webhooks.endpoint.name=acme webhooks.event.type=invoice.paid");
        Assert.Equal([once], heard.Of("webhooks.attempt.paced"));
        Assert.Equal([once], heard.Of("webhooks.attempt.circuit_open"));
        Assert.Equal(2, heard.Of("webhooks.attempt.duration").Count());
        Assert.Equal(4, heard.Of("webhooks.deliveries").Count());
    }

    [Fact]
    public async Task Instruments_UnitsAndBuckets_AreThoseOfTheConventions()
    {
        await using ServiceProvider provider = TestHost.Create();
        _ = provider.Webhooks();
        using var heard = new HeardMetrics(provider);

        Assert.Equal(
            [
                ("webhooks.attempt.active", "{attempt}"), ("webhooks.attempt.circuit_open", "{attempt}"), ("webhooks.attempt.duration", "s"),
                ("webhooks.attempt.paced", "{attempt}"), ("webhooks.deliveries", "{delivery}"),
            ],
            heard.Instruments.Values.OrderBy(instrument => instrument.Name, StringComparer.Ordinal).Select(instrument => (instrument.Name, instrument.Unit)));
        Assert.Equal(
            [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15],
            ((Histogram<double>)heard.Instruments["webhooks.attempt.duration"]).Advice!.HistogramBucketBoundaries!);
        Assert.All(heard.Instruments.Values, instrument => Assert.Equal(typeof(WebhookRequest).Assembly.GetName().Version!.ToString(3), instrument.Meter.Version));
    }

    private static WebhookEndpoint Acme(ServiceProvider provider) => provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

    private ServiceProvider CreateProvider(string url, Action<WebhookEndpointOptions>? configure = null) => TestHost.Create(
        webhooks => webhooks.AddEndpoint("acme", endpoint =>
        {
            endpoint.Url = new Uri(url);
            configure?.Invoke(endpoint);
        }),
        options => options.MaxAttempts = configure is null ? 3 : 1,
        _time);
}
