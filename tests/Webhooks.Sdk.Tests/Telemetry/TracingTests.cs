using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>Spans: what they are called, what they tell, and what nobody is told.</summary>
public sealed class TracingTests
{
    private const string Path = "T0KEN-IN-THE-PATH";

    private readonly ManualTimeProvider _time = new();

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Fact]
    public async Task SendAsync_EventWithARetry_IsOneSpanWithASpanForEachAttempt()
    {
        await using var server = LoopbackServer.Start(503, 200);
        using var heard = new HeardActivities(server.Port, source => source == "Webhooks.Sdk");
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.AddEndpoint("acme", endpoint => endpoint.Url = new Uri($"{server.Url}/{Path}?{Path}")), time: _time);
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(acme, Paid);
        await _time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        await sending;

        Activity[] spans = [.. heard.All];
        Assert.Equal(
            [
                ("Webhooks.Sdk.Attempt", "POST", ActivityKind.Client, ActivityStatusCode.Error),
                ("Webhooks.Sdk.Attempt", "POST", ActivityKind.Client, ActivityStatusCode.Unset),
                ("Webhooks.Sdk.Send", "send invoice.paid", ActivityKind.Producer, ActivityStatusCode.Unset),
            ],
            spans.Select(span => (span.OperationName, span.DisplayName, span.Kind, span.Status)));
        Assert.All(spans[..2], attempt => Assert.Equal(spans[2].SpanId, attempt.ParentSpanId));
        Assert.All(spans, span => Assert.Equal(typeof(WebhookRequest).Assembly.GetName().Version!.ToString(3), span.Source.Version));

        const string Common = "server.address=127.0.0.1 url.scheme=http";
        const string Names = "webhooks.endpoint.name=acme webhooks.event.type=invoice.paid";
        Assert.Equal(
            [
                $"error.type=503 http.request.method=POST http.response.status_code=503 {Common} webhooks.attempt.number=1 {Names} webhooks.outcome=ReceiverFailed",
                $"http.request.method=POST http.request.resend_count=1 http.response.status_code=200 {Common} webhooks.attempt.number=2 {Names} webhooks.outcome=Succeeded",
                $"http.response.status_code=200 {Common} webhooks.attempts=2 {Names} webhooks.outcome=Succeeded",
            ],
            spans.Select(HeardActivities.Describe));
    }

    [Fact]
    public async Task SendAsync_RequestThatFailsAndOneThatIsCancelled_SayWhy()
    {
        await using var server = LoopbackServer.Start((_, _, cancellationToken) => LoopbackServer.StaySilentAsync(cancellationToken));
        using var heard = new HeardActivities(server.Port, source => source == "Webhooks.Sdk");
        await using ServiceProvider provider = TestHost.Create(time: _time);
        TimeSpan timeout = new WebhookOptions().AttemptTimeout;
        using var cancellation = new CancellationTokenSource();

        Task<WebhookResult> silent = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build());
        await _time.TimerStartedAsync(length => length == timeout);
        await WaitForRequestsAsync(server, 1);
        _time.Advance(timeout);
        await silent;
        Task<WebhookResult> cancelled = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build(), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        Assert.Equal(
            ["TimedOut", "TimedOut", "Cancelled", "Cancelled"], heard.All.Select(span => span.GetTagItem("error.type")));
        Assert.All(heard.All, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task SendAsync_SpansThatAreNotRecorded_AreLeftBlank()
    {
        await using var server = LoopbackServer.Start(200);
        var stopped = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks.Sdk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStopped = stopped.Enqueue,
        };
        using var parent = new Activity("test");
        parent.Start();
        ActivitySource.AddActivityListener(listener);
        await using ServiceProvider provider = TestHost.Create();

        await provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build());

        Activity[] ours = [.. stopped.Where(activity => activity.TraceId == parent.TraceId && !activity.IsAllDataRequested)];
        Assert.All(ours, span => Assert.Empty(span.TagObjects));
        Assert.Contains(stopped, activity => activity.TraceId == parent.TraceId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_TraceContext_IsSentWhereTheEndpointAsksForIt(bool asks)
    {
        await using var server = LoopbackServer.Start(200);
        using var heard = new HeardActivities(server.Port, source => source == "Webhooks.Sdk");
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.AddEndpoint("acme", endpoint => (endpoint.Url, endpoint.PropagateTraceContext) = (new Uri(server.Url), asks)));
        using var parent = new Activity("test");
        parent.SetIdFormat(ActivityIdFormat.W3C);
        parent.AddBaggage("secret", "s3cr3t");
        parent.TraceStateString = "vendor=s3cr3t";
        parent.Start();

        await provider.Webhooks().SendAsync(provider.GetRequiredService<IWebhookEndpoints>().Get("acme"), Paid);
        await provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).Build());

        Activity attempt = heard.All.First(span => span.Kind == ActivityKind.Client);
        Assert.Equal(asks ? attempt.Id : null, server.Requests[0].Header("traceparent"));
        Assert.Null(server.Requests[1].Header("traceparent"));
        Assert.Equal(parent.TraceId, attempt.TraceId);
        Assert.DoesNotContain(
            server.Requests.SelectMany(request => request.Headers), header => header.Value.Contains("s3cr3t", StringComparison.Ordinal) || header.Key == "tracestate");
    }

    [Fact]
    public async Task SendAsync_ListenersOfTheRuntime_SeeNoRequestOfOurs()
    {
        await using var server = LoopbackServer.Start(200);
        using var overheard = new Overheard();
        using var heard = new HeardActivities(server.Port, source => source.StartsWith("System.Net.Http", StringComparison.Ordinal));
        var events = new ConcurrentQueue<string>();
        using IDisposable subscription = DiagnosticListener.AllListeners.Subscribe(new Listeners(events));
        await using ServiceProvider provider = TestHost.Create();

        await provider.Webhooks().SendAsync(WebhookRequest.Post($"{server.Url}/{Path}?{Path}").Build());

        Assert.DoesNotContain(heard.All, span => span.OperationName == "System.Net.Http.HttpRequestOut");
        Assert.DoesNotContain(events, text => text.Contains(Path, StringComparison.Ordinal));
        Assert.DoesNotContain(overheard.Texts, text => text.Contains(Path, StringComparison.Ordinal));
        Assert.Single(server.Requests);
    }

    private static async Task WaitForRequestsAsync(LoopbackServer server, int count)
    {
        while (server.Requests.Count < count)
        {
            await Task.Yield();
        }
    }

    private sealed class Listeners(ConcurrentQueue<string> events) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "HttpHandlerDiagnosticListener")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value) => events.Enqueue($"{value.Key} {value.Value}");

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
