using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Telemetry;
using Xunit;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>Ids, levels and texts of log lines are a contract: somebody's alert depends on them.</summary>
public sealed class LogTests : IAsyncDisposable
{
    private readonly Lines _lines = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _provider;

    public LogTests()
    {
        _provider = TestHost.Create(
            builder => builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_lines)), time: _time);
    }

    [Fact]
    public async Task SendAsync_Delivered_IsADebugLine()
    {
        await using var server = LoopbackServer.Start(200);

        await SendAsync(server.Url + "/path?query");

        Assert.Equal([(2, LogLevel.Debug, $"Webhook delivered to {server.Url}: status 200 after 1 attempt(s).")], _lines.All);
    }

    [Fact]
    public async Task SendAsync_NotDelivered_IsAWarning()
    {
        await using var server = LoopbackServer.Start(400);

        await SendAsync(server.Url + "/path?query");

        Assert.Equal(
            [(3, LogLevel.Warning, $"Webhook not delivered to {server.Url} after 1 attempt(s): Rejected, status 400, error none.")], _lines.All);
    }

    [Fact]
    public async Task SendAsync_NobodyThere_LeavesNoHoleInTheText()
    {
        using var nobody = new ClosedPort();

        await SendAsync(nobody.Url);

        Assert.Equal(3, _lines.All.Count);
        Assert.All(_lines.All, line => Assert.Contains(
            ": NotReceived, status none, error HttpRequestException: ConnectionError", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_Retried_IsALineOfInformation()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(503, headers: "Retry-After: 7\r\n"), LoopbackServer.Response(200));

        await SendAsync(server.Url);

        Assert.Equal(
            [
                (1, LogLevel.Information, $"Webhook attempt 1 of 3 to {server.Url}: ReceiverFailed, status 503, error none; next attempt in 00:00:07."),
                (2, LogLevel.Debug, $"Webhook delivered to {server.Url}: status 200 after 2 attempt(s)."),
            ],
            _lines.All);
    }

    [Fact]
    public async Task SendAsync_LongQuery_IsAWarning()
    {
        await using var server = LoopbackServer.Start(200);

        await SendAsync($"{server.Url}/?a={new string('q', 2046)}");

        (int, LogLevel, string) expected =
            (4, LogLevel.Warning, $"The query of a webhook to {server.Url} has 2049 characters; many servers refuse more than 2048.");
        Assert.Equal(expected, Assert.Single(_lines.All, line => line.Level > LogLevel.Debug));
    }

    [Fact]
    public async Task SendAsync_CircuitThatOpensAndCloses_IsAWarningAndALineOfInformation()
    {
        await using var server = LoopbackServer.Start(500, 500, 200);
        var endpoint = new WebhookEndpoint(server.Url + "/path?query") { Limits = new WebhookLimits { CircuitBreaker = new() { MinimumThroughput = 2 } } };
        WebhookRequest request = WebhookRequest.Post(endpoint.Url).WithEndpoint(endpoint).Build();

        Task<WebhookResult> sending = _provider.Webhooks().SendAsync(request);
        await _time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        _time.Advance(TimeSpan.FromSeconds(30));
        await _provider.Webhooks().SendAsync(request);

        Assert.Equal(
            [
                (5, LogLevel.Warning, $"The circuit breaker of {server.Url} opened: the receiver keeps failing and is left alone for 00:00:30."),
                (6, LogLevel.Information, $"The circuit breaker of {server.Url} closed: the receiver works again."),
            ],
            _lines.All.Where(line => line.Id is 5 or 6));
    }

    [Fact]
    public void Log_EventIds_AreAContract()
    {
        IEnumerable<(int, string, LogLevel)> lines =
            from method in typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            orderby message.EventId
            select (message.EventId, method.Name, message.Level);

        Assert.Equal(
            [
                (1, "AttemptFailed", LogLevel.Information),
                (2, "Delivered", LogLevel.Debug),
                (3, "NotDelivered", LogLevel.Warning),
                (4, "LongQuery", LogLevel.Warning),
                (5, "CircuitOpened", LogLevel.Warning),
                (6, "CircuitClosed", LogLevel.Information),
                (20, "NoDispatcher", LogLevel.Warning),
                (21, "StoreInMemory", LogLevel.Warning),
                (22, "StoreFailed", LogLevel.Error),
                (23, "CommitTooLate", LogLevel.Warning),
                (24, "EndpointStopped", LogLevel.Warning),
                (25, "DeadLettered", LogLevel.Warning),
                (26, "CallbackFailed", LogLevel.Error),
                (27, "DeliveryFailed", LogLevel.Error),
            ],
            lines);
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private async Task SendAsync(string url)
    {
        Task<WebhookResult> sending = _provider.Webhooks().SendAsync(WebhookRequest.Get(url).Build());
        await _time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        await sending;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(int Id, LogLevel Level, string Text)> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
