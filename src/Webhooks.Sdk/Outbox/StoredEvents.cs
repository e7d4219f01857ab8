namespace Webhooks.Sdk.Outbox;

/// <summary>Makes events of what is stored.</summary>
internal static class StoredEvents
{
    public static WebhookEvent Read(StoredEvent stored) =>
        new(stored.Id, stored.Type, stored.Timestamp, stored.Subject, stored.Source, stored.Data) { ExpiresAt = stored.ExpiresAt };
}
