using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

public sealed class WebhookEvent
{
    private WebhookEvent()
    {
    }

    public string Id => throw null!;

    public string Type => throw null!;

    public DateTimeOffset Timestamp => throw null!;

    public string? Subject => throw null!;

    public string? Source => throw null!;

    public ReadOnlyMemory<byte> Data => throw null!;

    public static WebhookEvent Create<T>(string type, T data, JsonTypeInfo<T> jsonTypeInfo) => throw null!;

    public static WebhookEventBuilder For(string type) => throw null!;
}

public sealed class WebhookEventBuilder
{
    internal WebhookEventBuilder()
    {
    }

    public WebhookEventBuilder WithId(string id) => throw null!;

    public WebhookEventBuilder WithTimestamp(DateTimeOffset timestamp) => throw null!;

    public WebhookEventBuilder WithSubject(string subject) => throw null!;

    public WebhookEventBuilder WithSource(string source) => throw null!;

    public WebhookEventBuilder WithData<T>(T data, JsonTypeInfo<T> jsonTypeInfo) => throw null!;

    public WebhookEventBuilder WithJson(ReadOnlyMemory<byte> json) => throw null!;

    public WebhookEvent Build() => throw null!;
}

public sealed class WebhookSecret
{
    private WebhookSecret()
    {
    }

    public static WebhookSecret Parse(string text) => throw null!;

    public static WebhookSecret Generate() => throw null!;

    public string Reveal() => throw null!;
}

public interface IWebhookEndpoints
{
    WebhookEndpoint Get(string name);
}

public sealed class WebhookEndpointOptions
{
    public Uri? Url { get; set; }

    public IList<string> Secrets { get; } = [];

    public bool Trusted { get; set; }
}

public static class EventsExtensions
{
    extension(WebhookEndpoint endpoint)
    {
        public IReadOnlyList<WebhookSecret> Secrets
        {
            get => throw null!;
            set => throw null!;
        }
    }

    public static Task<WebhookResult> SendAsync(
        this IWebhookClient client, WebhookEndpoint endpoint, WebhookEvent webhookEvent, CancellationToken cancellationToken = default) => throw null!;

    public static IWebhooksBuilder AddEndpoint(this IWebhooksBuilder builder, string name, Action<WebhookEndpointOptions> configure) => throw null!;
}
