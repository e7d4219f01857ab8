namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A request as it came.</summary>
/// <param name="Endpoint">The id of the subscription.</param>
/// <param name="EventId">The event.</param>
/// <param name="Worker">The process that sent it; empty for the test's own.</param>
/// <param name="Status">What it was answered; null: nothing.</param>
/// <param name="Timestamp">When it came, on the monotonic clock.</param>
internal sealed record Arrival(string Endpoint, string EventId, string Worker, int? Status, long Timestamp);
