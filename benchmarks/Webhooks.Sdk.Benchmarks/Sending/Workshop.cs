using System;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Webhooks.Sdk.Http;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// Everything that sends, ours and others', over connections of one kind.
/// </summary>
internal sealed class Workshop : IDisposable
{
    // Public, so that the address guard has its usual work.
    private static readonly IPAddress PublicAddress = new([93, 184, 216, 34]);

    private readonly ServiceProvider _services;

    private Workshop(SocketsHttpHandler handler, Action<WebhookOptions> configure, Func<WebhookOptions, WebhookTransport> createTransport)
    {
        Raw = new HttpClient(handler);

        // What Polly's own documentation begins with, with a predicate that has no exception to look at here.
        Retry = new ResiliencePipelineBuilder<int>()
            .AddRetry(new RetryStrategyOptions<int>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is HttpRequestException || arguments.Outcome.Result >= 500),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();

        var services = new ServiceCollection();
        services.AddWebhooks(configure).HttpClient
            .ConfigurePrimaryHttpMessageHandler(provider => createTransport(provider.GetRequiredService<IOptions<WebhookOptions>>().Value));
        _services = services.BuildServiceProvider();

        Options = _services.GetRequiredService<IOptionsMonitor<WebhookOptions>>().CurrentValue;
        Attempts = _services.GetRequiredService<AttemptSender>();
        Webhooks = _services.GetRequiredService<IWebhookClient>();
    }

    public HttpClient Raw { get; }

    public ResiliencePipeline<int> Retry { get; }

    public WebhookOptions Options { get; }

    public AttemptSender Attempts { get; }

    public IWebhookClient Webhooks { get; }

    /// <summary>
    /// Sends over connections that answer at once, in this process.
    /// </summary>
    public static Workshop InMemory() =>
        new(
            new SocketsHttpHandler { ConnectCallback = CannedConnection.ConnectAsync },
            static _ => { },
            static options => new WebhookTransport(options, static (_, _) => Task.FromResult<IPAddress[]>([PublicAddress]), CannedConnection.DialAsync));

    /// <summary>
    /// Sends over sockets of the loopback.
    /// </summary>
    public static Workshop OverLoopback() =>
        new(new SocketsHttpHandler(), static options => options.AllowLoopback = true, static options => new WebhookTransport(options));

    /// <summary>
    /// Waits for what has usually completed already, without making a task of it.
    /// </summary>
    public static T Await<T>(ValueTask<T> sending) => sending.IsCompletedSuccessfully ? sending.Result : sending.AsTask().GetAwaiter().GetResult();

    public void Dispose()
    {
        Raw.Dispose();
        _services.Dispose();
    }
}
