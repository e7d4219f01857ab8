namespace Webhooks.Sdk.Outbox;

/// <summary>A delivery in memory that was given up.</summary>
internal sealed record DeadLetterRow(StoredDelivery Stored, EventRow Event, EndpointRow Endpoint);
