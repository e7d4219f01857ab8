using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

public sealed class WebhookEventType<T>(string name, JsonTypeInfo<T> jsonTypeInfo, string? description = null)
{
    public string Name => name;

    public JsonTypeInfo<T> JsonTypeInfo => jsonTypeInfo;

    public string? Description => description;
}

public enum WebhookEventPurpose
{
    Delivery = 0,
    Sample,
}

public sealed class WebhookEventContext
{
    public WebhookEventPurpose Purpose { get; init; }

    public string? RecordId { get; init; }

    public DbTransaction? Transaction { get; init; }
}

public interface IWebhookEventSource<T>
{
    IAsyncEnumerable<T> ReadAsync(WebhookEventContext context, CancellationToken cancellationToken = default);
}

public sealed class WebhookEventTypeBuilder<T>
{
    public WebhookEventTypeBuilder<T> WithSource<TSource>()
        where TSource : class, IWebhookEventSource<T> => throw null!;

    public WebhookEventTypeBuilder<T> When(Func<T, bool> predicate) => throw null!;
}

public sealed class WebhookPublication(WebhookEvent webhookEvent)
{
    public WebhookEvent? Event => webhookEvent;

    public string? Owner { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? IdempotencyKey { get; init; }

    public DbTransaction? Transaction { get; init; }

    public static WebhookPublication Of<T>(WebhookEventType<T> type, T data) => throw null!;

    public static WebhookPublication ForRecord<T>(WebhookEventType<T> type, string recordId) => throw null!;
}

public interface IWebhookPublisher
{
    Task<WebhookEvent?> PublishAsync(WebhookPublication publication, CancellationToken cancellationToken = default);
}

public interface IWebhookOutbox
{
    Task EnqueueAsync(WebhookRequest request, CancellationToken cancellationToken = default);
}

public sealed class WebhookSubscription
{
    public required string Id { get; init; }

    public string? Owner { get; init; }

    public required IReadOnlyList<string> EventTypes { get; init; }

    public ReadOnlyMemory<byte> Filter { get; init; }

    public required WebhookEndpoint Endpoint { get; init; }
}

public sealed class WebhookDispatcher
{
    public Task RunAsync(CancellationToken cancellationToken = default) => throw null!;

    public Task DrainAsync(CancellationToken cancellationToken = default) => throw null!;
}

public static class OutboxExtensions
{
    public static IWebhooksBuilder AddEventType<T>(
        this IWebhooksBuilder builder, WebhookEventType<T> type, Action<WebhookEventTypeBuilder<T>>? configure = null) => throw null!;

    public static IWebhooksBuilder UseSqlite(this IWebhooksBuilder builder, string connectionString) => throw null!;

    public static IWebhooksBuilder UsePostgreSql(this IWebhooksBuilder builder, DbDataSource dataSource) => throw null!;

    public static Task<WebhookEvent?> PublishAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, T data, CancellationToken cancellationToken = default) => throw null!;

    public static Task<WebhookEvent?> PublishAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, T data, DbTransaction transaction, CancellationToken cancellationToken = default) =>
        throw null!;

    public static Task<WebhookEvent?> PublishRecordAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, string recordId, CancellationToken cancellationToken = default) => throw null!;

    public static Task<WebhookEvent?> PublishRecordAsync<T>(
        this IWebhookPublisher publisher,
        WebhookEventType<T> type,
        string recordId,
        DbTransaction transaction,
        CancellationToken cancellationToken = default) => throw null!;

    public static Task<WebhookEvent?> PublishAsync(
        this IWebhookPublisher publisher, WebhookEvent webhookEvent, CancellationToken cancellationToken = default) => throw null!;

    public static Task<WebhookEvent?> PublishAsync(
        this IWebhookPublisher publisher, WebhookEvent webhookEvent, DbTransaction transaction, CancellationToken cancellationToken = default) =>
        throw null!;
}
