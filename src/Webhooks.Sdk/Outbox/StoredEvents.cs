using System.Diagnostics;

namespace Webhooks.Sdk.Outbox;

/// <summary>Makes what is stored of events, and events of what is stored.</summary>
internal static class StoredEvents
{
    /// <summary>Gets the trace that is being recorded now, or null.</summary>
    public static string? CurrentTrace => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Makes what is stored of a publication, under a new key.</summary>
    public static StoredEvent Write(WebhookPublication publication, WebhookEvent webhookEvent) => new()
    {
        // In the order of publishing: Entity Framework Core sorts the rows of one SaveChanges by their keys.
        Key = TimeOrderedId.NewKey(),
        Id = webhookEvent.Id,
        Owner = publication.Owner,
        Type = webhookEvent.Type,
        Timestamp = webhookEvent.Timestamp,
        Subject = webhookEvent.Subject,
        Source = webhookEvent.Source,
        Data = webhookEvent.Data,
        IdempotencyKey = publication.IdempotencyKey ?? webhookEvent.Id,
        NotBefore = publication.NotBefore?.ToUniversalTime(),
        ExpiresAt = (publication.ExpiresAt ?? webhookEvent.ExpiresAt)?.ToUniversalTime(),
        TraceParent = CurrentTrace,
    };

    public static WebhookEvent Read(StoredEvent stored) =>
        new(stored.Id, stored.Type, stored.Timestamp, stored.Subject, stored.Source, stored.Data) { ExpiresAt = stored.ExpiresAt };
}
