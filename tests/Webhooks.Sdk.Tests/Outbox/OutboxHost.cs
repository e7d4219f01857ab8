using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>An application with an outbox in memory, whose time the test moves.</summary>
internal sealed class OutboxHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private OutboxHost(ServiceProvider services, ManualTimeProvider time)
    {
        _services = services;
        Time = time;
    }

    public ManualTimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public IWebhookPublisher Publisher => _services.GetRequiredService<IWebhookPublisher>();

    public IWebhookOutbox Outbox => _services.GetRequiredService<IWebhookOutbox>();

    public IWebhookEndpoints Endpoints => _services.GetRequiredService<IWebhookEndpoints>();

    public IWebhookSubscriptions Subscriptions => _services.GetRequiredService<IWebhookSubscriptions>();

    public IWebhookDeliveries Deliveries => _services.GetRequiredService<IWebhookDeliveries>();

    public IWebhookEndpointControl Control => _services.GetRequiredService<IWebhookEndpointControl>();

    public WebhookDispatcher Dispatcher => _services.GetRequiredService<WebhookDispatcher>();

    public IWebhookStore Store => _services.GetRequiredService<IWebhookStore>();

    public IWebhookStoreOperations Operations => _services.GetRequiredService<IWebhookStoreOperations>();

    public static OutboxHost Create(Action<IWebhooksBuilder>? configure = null, Action<WebhookOutboxOptions>? options = null, ManualTimeProvider? time = null)
    {
        time ??= new ManualTimeProvider();
        return new OutboxHost(
            TestHost.Create(
                builder =>
                {
                    configure?.Invoke(builder);
                    builder.ConfigureOutbox(options ?? (static _ => { }));
                },
                time: time),
            time);
    }

    public static WebhookEvent NewEvent(string type = "invoice.paid", int number = 1, string? subject = null)
    {
        WebhookEventBuilder builder = WebhookEvent.For(type).WithData(new Dictionary<string, object?> { ["number"] = number, ["name"] = "Zoé" });
        return (subject is null ? builder : builder.WithSubject(subject)).Build();
    }

    public Task SubscribeAsync(
        WebhookReceiver receiver, string id = "sub_1", string? owner = null, string types = "*", bool ordered = false, int? setAsideAfter = null, string? filter = null) =>
        Subscriptions.AddAsync(new WebhookSubscription
        {
            Id = id,
            Owner = owner,
            EventTypes = types.Split(','),
            Filter = filter is null ? default : System.Text.Encoding.UTF8.GetBytes(filter),
            Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [Secret], Ordered = ordered, SetAsideAfter = setAsideAfter },
        });

    public static WebhookSecret Secret { get; } = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    public WebhookReceiver StartReceiver() => WebhookReceiver.Start(new WebhookReceiverOptions { TimeProvider = Time });

    /// <summary>Moves the time on, and delivers what is due then.</summary>
    public Task DrainAfterAsync(TimeSpan wait)
    {
        Time.Advance(wait);
        return Dispatcher.DrainAsync();
    }

    public static IEnumerable<int> Numbers(WebhookReceiver receiver) => receiver.Requests.Select(NumberOf);

    public static int NumberOf(ReceivedRequest request) => JsonNode.Parse(request.Text)!["data"]!["number"]!.GetValue<int>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
