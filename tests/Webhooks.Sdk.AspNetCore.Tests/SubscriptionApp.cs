using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>An application on Kestrel, at a loopback address, whose customers may subscribe. Whoever calls says who they are.</summary>
internal sealed class SubscriptionApp : IAsyncDisposable
{
    public static readonly WebhookEventType<Opportunity> NewOpportunity = new("NewOpportunity", TestJson.Default.Opportunity, "A deal was opened.");
    public static readonly WebhookEventType<Invoice> InvoicePaid = new("invoice.paid", TestJson.Default.Invoice);

    private readonly WebApplication _app;
    private readonly LogRecorder _logs;

    private readonly Channel<WebhookEndpointDisabled> _disabled;

    private SubscriptionApp(WebApplication app, LogRecorder logs, Channel<WebhookEndpointDisabled> disabled)
    {
        _app = app;
        _logs = logs;
        _disabled = disabled;
    }

    public IServiceProvider Services => _app.Services;

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyCollection<string> Logs => _logs.Lines;

    public IWebhookSubscriptions Subscriptions => Services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookEndpointControl Control => Services.GetRequiredService<IWebhookEndpointControl>();

    public static async Task<SubscriptionApp> StartAsync(
        Action<WebhookSubscriptionEndpointOptions>? configure = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? map = null,
        Action<WebhookOptions>? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var logs = new LogRecorder();
        var disabled = Channel.CreateUnbounded<WebhookEndpointDisabled>();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddAuthentication(ApiKeyHandler.Name).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null);
        builder.Services.AddAuthorization();
        builder.Services.AddWebhooks(options ?? (static o => (o.AllowLoopback, o.AllowHttpSubscriptions) = (true, true)))
            .AddEventType(NewOpportunity, type => type.WithSource<OpportunitySource>().When(opportunity => opportunity.IsProject))
            .AddEventType(InvoicePaid)
            .ConfigureOutbox(outbox => outbox.OnEndpointDisabled = (endpoint, token) => disabled.Writer.WriteAsync(endpoint, token).AsTask());
        services?.Invoke(builder);
        WebApplication app = builder.Build();
        (map ?? (mapped => MapDefault(mapped, configure)))(app);
        await app.StartAsync();
        return new SubscriptionApp(app, logs, disabled);
    }

    public static void MapDefault(WebApplication app, Action<WebhookSubscriptionEndpointOptions>? configure = null) =>
        app.MapWebhookSubscriptions("/webhooks", options =>
        {
            options.Owner = http => http.User.Identity!.Name;
            configure?.Invoke(options);
        });

    /// <summary>Makes a client of a customer, or of nobody.</summary>
    public HttpClient CreateClient(string? owner = "acme", string path = "/webhooks/")
    {
        var client = new HttpClient { BaseAddress = new Uri(Url, path) };

        if (owner is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", owner);
        }

        return client;
    }

    /// <summary>Waits until an endpoint is disabled.</summary>
    public async Task<WebhookEndpointDisabled> DisabledAsync() => await _disabled.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Publishes an event and waits until all who are told of it have been found: a subscriber of the test's own is told after all before it.</summary>
    public async Task PublishToAllAsync(string codeDeal)
    {
        await using WebhookReceiver fence = WebhookReceiver.Start();
        await Subscriptions.AddAsync(new WebhookSubscription { Id = "zzz_fence", EventTypes = ["*"], Endpoint = new WebhookEndpoint(fence.Url) });
        await PublishAsync(codeDeal);
        await fence.WaitForRequestsAsync(1);
        await Subscriptions.RemoveAsync("zzz_fence");
    }

    public Task PublishAsync(string codeDeal) =>
        Services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewOpportunity, new Opportunity(codeDeal, "A L'ATELIER DE DIJON", IsProject: true));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _logs.Dispose();
    }
}
