using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// An event that has not been fanned out to the end.
/// </summary>
/// <param name="Event">The event.</param>
/// <param name="FannedOutTo">The last endpoint that it was fanned out to, or null: none yet.</param>
[Experimental("WHKEXP001")]
public readonly record struct PendingEvent(StoredEvent Event, string? FannedOutTo);
