using System;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Webhooks.Sdk.EntityFrameworkCore;

namespace Webhooks.Sdk;

/// <summary>
/// Publishes inside of SaveChanges.
/// </summary>
/// <remarks>
/// <para>
/// An event is added to the context, as one row, and stored by its next SaveChanges: with the application's data, in the same transaction, or not at all.
/// It is delivered once that transaction is committed. What is rolled back, even to a savepoint only, is not delivered. Like the context, no method is
/// thread-safe.
/// </para>
/// <para>
/// A failed SaveChanges keeps the event for the next one, as it keeps the data; with the same id, however often it is tried. A repeated idempotency key of an
/// owner does no harm: SaveChanges succeeds, and only the first event is delivered.
/// </para>
/// </remarks>
public static class WebhooksDbContextExtensions
{
    /// <summary>Publishes data with the next SaveChanges, if the predicate of its type says so.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="context">The context, whose options know webhooks (<c>UseWebhooks</c>).</param>
    /// <param name="type">The event type.</param>
    /// <param name="data">The data. It is serialized now: what changes later, such as a key that the database generates, is not in it.</param>
    /// <returns>The event, or null when the predicate said no.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="type"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The context does not know webhooks; or the event type is not registered, but others are.</exception>
    public static WebhookEvent? PublishWebhook<T>(this DbContext context, WebhookEventType<T> type, T data) =>
        PublishWebhook(context, WebhookPublication.Of(type, data));

    /// <summary>Publishes a finished event with the next SaveChanges. No predicate is asked.</summary>
    /// <param name="context">The context, whose options know webhooks (<c>UseWebhooks</c>).</param>
    /// <param name="webhookEvent">The event.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The context does not know webhooks; or the event type is not registered, but others are.</exception>
    public static WebhookEvent PublishWebhook(this DbContext context, WebhookEvent webhookEvent) =>
        PublishWebhook(context, new WebhookPublication(webhookEvent))!;

    /// <summary>Publishes with the next SaveChanges, for an owner, at a time, or with an idempotency key.</summary>
    /// <param name="context">The context, whose options know webhooks (<c>UseWebhooks</c>).</param>
    /// <param name="publication">What, for whom and when. Not a record that a source loads, and without a transaction: it is that of SaveChanges.</param>
    /// <returns>The event, or null when the predicate of its type said no.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The publication is one of a record, or has a transaction.</exception>
    /// <exception cref="InvalidOperationException">The context does not know webhooks; or the event type is not registered, but others are.</exception>
    public static WebhookEvent? PublishWebhook(this DbContext context, WebhookPublication publication)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(publication);

        if (context.GetService<IDbContextOptions>().FindExtension<WebhooksOptionsExtension>() is null)
        {
            throw new InvalidOperationException(
                $"The {context.GetType().Name} knows no webhooks. Tell it where its options are made: AddDbContext<{context.GetType().Name}>((provider, options) => options.….UseWebhooks(provider)).");
        }

        return context.GetService<PublishedRows>().Add(context, publication);
    }
}
