using System;
using System.Data.Common;
using System.Globalization;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk;

/// <summary>
/// What is handed to the publisher: an event, or what it is made of, and for whom and when it is.
/// </summary>
/// <remarks>
/// Instances are immutable; one is published once.
/// </remarks>
public sealed class WebhookPublication
{
    private const int MaxTextLength = 256;

    /// <summary>Creates a publication of a finished event. No predicate is asked.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <exception cref="ArgumentNullException"><paramref name="webhookEvent"/> is null.</exception>
    public WebhookPublication(WebhookEvent webhookEvent)
        : this(new EventContent(webhookEvent), webhookEvent)
    {
    }

    private WebhookPublication(PublicationContent content, WebhookEvent? webhookEvent = null)
    {
        Content = content;
        Event = webhookEvent;
    }

    /// <summary>Gets the event, or null when it is made at the publishing.</summary>
    public WebhookEvent? Event { get; }

    /// <summary>Gets whose event it is: it reaches this owner's subscriptions only.</summary>
    /// <value>Null by default: every subscription of the type. At most 256 characters.</value>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public string? Owner
    {
        get;
        init => field = Validate(value, nameof(value));
    }

    /// <summary>Gets the time before which the event is not sent.</summary>
    /// <value>Null by default: at once.</value>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets the time from which on no attempt begins; what is not delivered then becomes a dead letter.</summary>
    /// <value>Null by default: the event's own, <see cref="WebhookEvent.ExpiresAt"/>.</value>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets what makes the publication one with an earlier one of the same owner: it is not published again.</summary>
    /// <value>Null by default: the id of the event. At most 256 characters. Known as long as the earlier event is stored.</value>
    /// <exception cref="ArgumentException">The value is empty or too long.</exception>
    public string? IdempotencyKey
    {
        get;
        init => field = Validate(value, nameof(value));
    }

    /// <summary>Gets the transaction that the publication commits or rolls back with: of the store's own database.</summary>
    /// <value>Null by default: it is durable when the publishing returns.</value>
    public DbTransaction? Transaction { get; init; }

    internal PublicationContent Content { get; }

    /// <summary>Makes a publication of data, if the predicate of the type says so.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="type">The event type.</param>
    /// <param name="data">The data; serialized when it is published, once.</param>
    /// <returns>The publication.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    public static WebhookPublication Of<T>(WebhookEventType<T> type, T data)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new WebhookPublication(new DataContent<T>(type, data));
    }

    /// <summary>Makes a publication of a record, which the source of the type loads when it is published, in the publication's transaction.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="type">The event type.</param>
    /// <param name="recordId">What the source knows the record by.</param>
    /// <returns>The publication.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="recordId"/> is empty.</exception>
    public static WebhookPublication ForRecord<T>(WebhookEventType<T> type, string recordId)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentException.ThrowIfNullOrEmpty(recordId);
        return new WebhookPublication(new RecordContent(type.Name, recordId));
    }

    internal WebhookPublication In(DbTransaction transaction) => new(Content, Event) { Transaction = transaction };

    private static string? Validate(string? value, string paramName) => value?.Length is 0 or > MaxTextLength
        ? throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"It has 1 to {MaxTextLength} characters, but this one has {value.Length}; null leaves it out."), paramName)
        : value;
}
