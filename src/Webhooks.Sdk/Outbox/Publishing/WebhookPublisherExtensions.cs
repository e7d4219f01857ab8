using System;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Publishes in one line. Each builds a <see cref="WebhookPublication"/>, whose documentation says what is thrown.
/// </summary>
public static class WebhookPublisherExtensions
{
    /// <summary>Publishes data, if the predicate of its type says so.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="publisher">The publisher.</param>
    /// <param name="type">The event type.</param>
    /// <param name="data">The data.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event, or null when the predicate said no.</returns>
    public static Task<WebhookEvent?> PublishAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, T data, CancellationToken cancellationToken = default) =>
        Check(publisher).PublishAsync(WebhookPublication.Of(type, data), cancellationToken);

    /// <summary>Publishes data in a transaction, if the predicate of its type says so.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="publisher">The publisher.</param>
    /// <param name="type">The event type.</param>
    /// <param name="data">The data.</param>
    /// <param name="transaction">The transaction that the event commits or rolls back with.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event, or null when the predicate said no.</returns>
    public static Task<WebhookEvent?> PublishAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, T data, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Check(publisher).PublishAsync(WebhookPublication.Of(type, data).In(transaction), cancellationToken);
    }

    /// <summary>Publishes a record, which the source of the event type loads now.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="publisher">The publisher.</param>
    /// <param name="type">The event type.</param>
    /// <param name="recordId">What the source knows the record by.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event, or null when there is no such record or the predicate said no.</returns>
    public static Task<WebhookEvent?> PublishRecordAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, string recordId, CancellationToken cancellationToken = default) =>
        Check(publisher).PublishAsync(WebhookPublication.ForRecord(type, recordId), cancellationToken);

    /// <summary>Publishes a record in a transaction, which the source sees too.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="publisher">The publisher.</param>
    /// <param name="type">The event type.</param>
    /// <param name="recordId">What the source knows the record by.</param>
    /// <param name="transaction">The transaction that the event commits or rolls back with.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event, or null when there is no such record or the predicate said no.</returns>
    public static Task<WebhookEvent?> PublishRecordAsync<T>(
        this IWebhookPublisher publisher, WebhookEventType<T> type, string recordId, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Check(publisher).PublishAsync(WebhookPublication.ForRecord(type, recordId).In(transaction), cancellationToken);
    }

    /// <summary>Publishes a finished event. No predicate is asked.</summary>
    /// <param name="publisher">The publisher.</param>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event; the first one of its id when it was published before.</returns>
    public static Task<WebhookEvent?> PublishAsync(
        this IWebhookPublisher publisher, WebhookEvent webhookEvent, CancellationToken cancellationToken = default) =>
        Check(publisher).PublishAsync(new WebhookPublication(webhookEvent), cancellationToken);

    /// <summary>Publishes a finished event in a transaction. No predicate is asked.</summary>
    /// <param name="publisher">The publisher.</param>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="transaction">The transaction that the event commits or rolls back with.</param>
    /// <param name="cancellationToken">Ends the publishing.</param>
    /// <returns>The event; the first one of its id when it was published before.</returns>
    public static Task<WebhookEvent?> PublishAsync(
        this IWebhookPublisher publisher, WebhookEvent webhookEvent, DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Check(publisher).PublishAsync(new WebhookPublication(webhookEvent).In(transaction), cancellationToken);
    }

    private static IWebhookPublisher Check(IWebhookPublisher publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        return publisher;
    }
}
