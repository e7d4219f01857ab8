using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// Where a page of subscribers ended. <see langword="default"/>: before the first.
/// </summary>
/// <param name="Query">The index of the query.</param>
/// <param name="EndpointId">The endpoint of that query, or null: before its first.</param>
[Experimental("WHKEXP001")]
public readonly record struct SubscriberCursor(int Query, string? EndpointId);
