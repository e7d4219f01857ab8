using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// An endpoint with deliveries that wait in a lane of its own.
/// </summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Ordered">Whether the deliveries keep their order.</param>
/// <param name="IsDue">
/// Whether the next one is due: of an ordered endpoint the one with the least id, of others the earliest. Where only new ones were asked for, it may be true
/// although the next one is not.
/// </param>
/// <param name="Start">
/// Nothing waits at or before this; where only new ones were asked for, none of them. <see langword="default"/> from a store for which it makes no difference.
/// </param>
[Experimental("WHKEXP001")]
public readonly record struct WaitingLane(string EndpointId, int Bucket, bool Ordered, bool IsDue, DueCursor Start = default);
