namespace Webhooks.Sdk.PostgreSql;

/// <summary>An event to fan out, with what says where the next reading begins.</summary>
/// <param name="Event">The event.</param>
/// <param name="Number">The number of one that waits among those of the table <c>pending</c> from the beginning; null of others.</param>
/// <param name="OldestId">The id of the oldest transaction that had not ended when it was read.</param>
/// <param name="NextId">The next id that a transaction will be given: those that run have smaller ones.</param>
internal sealed record PendingRow(PendingEvent Event, long? Number, ulong OldestId, ulong NextId);
