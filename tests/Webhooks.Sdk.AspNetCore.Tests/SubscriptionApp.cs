using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>An application on Kestrel, at a loopback address, whose customers may subscribe. Whoever calls says who they are.</summary>
internal sealed class SubscriptionApp : IAsyncDisposable
{
    public static readonly WebhookEventType<Opportunity> NewOpportunity = new("NewOpportunity", TestJson.Default.Opportunity, "A deal was opened.");
    public static readonly WebhookEventType<Invoice> InvoicePaid = new("invoice.paid", TestJson.Default.Invoice);

    private readonly WebApplication _app;
    private readonly LogRecorder _logs;

    private SubscriptionApp(WebApplication app, LogRecorder logs)
    {
        _app = app;
        _logs = logs;
    }

    public IServiceProvider Services => _app.Services;

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyCollection<string> Logs => _logs.Lines;

    public IWebhookSubscriptions Subscriptions => Services.GetRequiredService<IWebhookSubscriptions>();

    public static async Task<SubscriptionApp> StartAsync(
        Action<WebhookSubscriptionEndpointOptions>? configure = null,
        Action<WebApplicationBuilder>? services = null,
        Action<WebApplication>? map = null,
        Action<WebhookOptions>? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var logs = new LogRecorder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddAuthentication(ApiKeyHandler.Name).AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null);
        builder.Services.AddAuthorization();
        builder.Services.AddWebhooks(options ?? (static o => (o.AllowLoopback, o.AllowHttpSubscriptions) = (true, true)))
            .AddEventType(NewOpportunity, type => type.WithSource<OpportunitySource>().When(opportunity => opportunity.IsProject))
            .AddEventType(InvoicePaid);
        services?.Invoke(builder);
        WebApplication app = builder.Build();
        (map ?? (mapped => MapDefault(mapped, configure)))(app);
        await app.StartAsync();
        return new SubscriptionApp(app, logs);
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

    public Task PublishAsync(string codeDeal) =>
        Services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewOpportunity, new Opportunity(codeDeal, "A L'ATELIER DE DIJON", IsProject: true));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _logs.Dispose();
    }
}
