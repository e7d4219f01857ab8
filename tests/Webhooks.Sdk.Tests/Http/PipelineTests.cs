using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using RichardSzalay.MockHttp;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>What holds of the HTTP pipeline whatever a user or a host does to it.</summary>
public sealed class PipelineTests
{
    private const string Url = "https://crm.example/hooks";

    [Fact]
    public async Task AddWebhooks_Twice_RegistersOnceAndAppliesEveryConfigure()
    {
        var services = new ServiceCollection();
        IWebhooksBuilder first = services.AddWebhooks(options => options.MaxAttempts = 2);
        int count = services.Count;

        IWebhooksBuilder second = services.AddWebhooks(options => options.AllowLoopback = true);

        Assert.Same(first, second);
        Assert.Equal(count + 1, services.Count);
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IWebhookClient>());
        Assert.Single(provider.GetServices<IValidateOptions<WebhookOptions>>());
        WebhookOptions options = provider.GetRequiredService<IOptions<WebhookOptions>>().Value;
        Assert.Equal((2, true), (options.MaxAttempts, options.AllowLoopback));
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatRetries_IsPassedOncePerAttemptOfOurs()
    {
        var inner = new CountingHandler();
        await using var server = LoopbackServer.Start(503);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(() => new TwiceHandler()).AddHttpMessageHandler(() => inner),
            time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).WithText("same", "text/plain").Build());
        await time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        WebhookResult result = await sending;

        // Three attempts of ours, each of which the user's handler doubles: our retry is no handler of the chain.
        Assert.Equal(3, result.Attempts.Count);
        Assert.Equal(6, inner.Count);
        Assert.Equal(6, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("same", request.Text));
    }

    [Fact]
    public async Task SendAsync_SecondSendingOfAUsersHandlerCannotConnect_IsNotTakenForUnsent()
    {
        using var closed = new ClosedPort();
        await using var server = LoopbackServer.Start(503);
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(() => new TwiceHandler { SecondUrl = new Uri(closed.Url) }));

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithText("once", "text/plain").Build());

        // The receiver has the request from the first sending, so a POST must not be repeated.
        Assert.Equal((WebhookFailure.ConnectionLost, 1), (result.Failure, result.Attempts.Count));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_ReplacedPrimaryHandler_GetsTheWholeRequest()
    {
        using var mock = new MockHttpMessageHandler();
        mock.Expect(HttpMethod.Post, Url)
            .WithHeaders("X-Source", "billing")
            .WithHeaders("Content-Type", "application/json")
            .WithContent("""{"name":"Ada"}""")
            .Respond(HttpStatusCode.Accepted);
        await using ServiceProvider provider = TestHost.Create(builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => mock));
        WebhookRequest request = WebhookRequest.Post(Url)
            .WithHeader("X-Source", "billing").WithJson(new Dictionary<string, string> { ["name"] = "Ada" }).Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.Equal(202, result.StatusCode);
        mock.VerifyNoOutstandingExpectation();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_HostWideDefaults_DoNotReachOurClient(bool before)
    {
        var stranger = new CountingHandler();
        await using var server = LoopbackServer.Start(200);
        var services = new ServiceCollection();

        if (before)
        {
            AddDefaults();
        }

        services.AddWebhooks(options => options.AllowLoopback = true);

        if (!before)
        {
            AddDefaults();
        }

        await using ServiceProvider provider = services.BuildServiceProvider();

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());

        Assert.True(result.Succeeded);
        Assert.Equal(0, stranger.Count);
        Assert.Null(Assert.Single(server.Requests).Header("X-Default"));

        void AddDefaults() => services.ConfigureHttpClientDefaults(defaults => defaults
            .AddHttpMessageHandler(() => stranger)
            .ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Default", "1")));
    }

    [Fact]
    public async Task SendAsync_ConfigureHttpClient_IsNotApplied()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("X-Client", "1")));

        await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());

        Assert.Null(Assert.Single(server.Requests).Header("X-Client"));
    }

    [Fact]
    public async Task SendAsync_HandlerThatCannotBeMade_IsTheApplicationsMistake()
    {
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(services => services.GetRequiredService<DelegatingHandler>()));

        await Assert.ThrowsAsync<InvalidOperationException>(() => provider.Webhooks().SendAsync(WebhookRequest.Get(Url).Build()));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException), WebhookFailure.InvalidRequest)]
    [InlineData(typeof(FormatException), WebhookFailure.InvalidRequest)]
    [InlineData(typeof(UriFormatException), WebhookFailure.InvalidRequest)]
    [InlineData(typeof(System.IO.IOException), WebhookFailure.ConnectionLost)]
    [InlineData(typeof(System.IO.InvalidDataException), WebhookFailure.ConnectionLost)]
    [InlineData(typeof(TaskCanceledException), WebhookFailure.ConnectionLost)]
    [InlineData(typeof(TimeoutException), WebhookFailure.ConnectionLost)]
    public async Task SendAsync_ExceptionInThePipeline_IsAResult(Type type, WebhookFailure failure)
    {
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(() => new ThrowingHandler((Exception)Activator.CreateInstance(type)!)),
            options => options.MaxAttempts = 1);

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Get(Url).Build());

        Assert.Equal(failure, result.Failure);
        Assert.Equal(type.Name, result.Attempts[0].Error);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, WebhookFailure.NotReceived)]
    [InlineData(HttpRequestError.ConnectionError, WebhookFailure.NotReceived)]
    [InlineData(HttpRequestError.SecureConnectionError, WebhookFailure.NotReceived)]
    [InlineData(HttpRequestError.ProxyTunnelError, WebhookFailure.NotReceived)]
    [InlineData(HttpRequestError.VersionNegotiationError, WebhookFailure.NotReceived)]
    [InlineData(HttpRequestError.ResponseEnded, WebhookFailure.ConnectionLost)]
    [InlineData(HttpRequestError.InvalidResponse, WebhookFailure.ConnectionLost)]
    [InlineData(HttpRequestError.ConfigurationLimitExceeded, WebhookFailure.ConnectionLost)]
    [InlineData(HttpRequestError.Unknown, WebhookFailure.ConnectionLost)]
    public async Task SendAsync_HttpErrorOfAnotherHandler_IsNotReceivedOnlyBeforeTheSending(HttpRequestError error, WebhookFailure failure)
    {
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => new ThrowingHandler(new HttpRequestException(error, Url))),
            options => options.MaxAttempts = 1);

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Get(Url).Build());

        Assert.Equal(failure, result.Failure);
        Assert.Equal(error == HttpRequestError.Unknown ? "HttpRequestException" : $"HttpRequestException: {error}", result.Attempts[0].Error);
    }

    [Fact]
    public async Task AddWebhooks_Handlers_AreKeptBecauseTheTransportFollowsDnsByItself()
    {
        await using ServiceProvider provider = TestHost.Create();

        HttpClientFactoryOptions options = provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("Webhooks.Sdk");

        Assert.Equal(Timeout.InfiniteTimeSpan, options.HandlerLifetime);
    }

    [Fact]
    public async Task SendAsync_UserAgent_IsOursUnlessTheRequestOrTheOptionsSayOtherwise()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        await using ServiceProvider silent = TestHost.Create(options: options => options.UserAgent = null);

        await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());
        await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).WithHeader("User-Agent", "acme").Build());
        await silent.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());

        Assert.Equal([new WebhookOptions().UserAgent, "acme", null], server.Requests.Select(request => request.Header("User-Agent")));
    }

    [Fact]
    public async Task SendAsync_EachMethodOnTheWire_HasExactlyTheHeadersItMust()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(options: options => options.UserAgent = null);
        IWebhookClient webhooks = provider.Webhooks();

        await webhooks.SendAsync(WebhookRequest.Get(server.Url).Build());
        await webhooks.SendAsync(WebhookRequest.Delete(server.Url).Build());
        await webhooks.SendAsync(WebhookRequest.Post(server.Url).AddHeader("X-B", "2").AddHeader("X-A", "1")
            .AddHeader("Content-Language", "fr").WithText("é", "Text/Plain;charset=utf-8").Build());

        Assert.Equal(
            [["Host"], ["Host", "Content-Length"], ["Host", "X-B", "X-A", "Content-Type", "Content-Language", "Content-Length"]],
            server.Requests.Select(request => request.Headers.Select(header => header.Key).ToArray()).ToArray());
        Assert.Equal("Text/Plain;charset=utf-8", server.Requests[2].Header("Content-Type"));
        Assert.Equal("2", server.Requests[2].Header("Content-Length"));
    }

    [Fact]
    public async Task SendAsync_OptionsChange_IsSeenByTheNextSend()
    {
        var changed = new ChangingOptions();
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<IOptionsMonitor<WebhookOptions>>(changed)));

        await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());
        changed.CurrentValue.UserAgent = "changed";
        await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());

        Assert.Equal("changed", server.Requests[1].Header("User-Agent"));
    }

    private sealed class ChangingOptions : IOptionsMonitor<WebhookOptions>
    {
        public WebhookOptions CurrentValue { get; } = new() { AllowLoopback = true };

        public WebhookOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<WebhookOptions, string?> listener) => null;
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        private int _count;

        public int Count => _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class TwiceHandler : DelegatingHandler
    {
        public Uri? SecondUrl { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            request.RequestUri = SecondUrl ?? request.RequestUri;
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class ThrowingHandler(Exception exception) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromException<HttpResponseMessage>(exception);
    }
}
