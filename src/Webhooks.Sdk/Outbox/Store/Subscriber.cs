using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// A subscription that may want an event; its filter has not been asked.
/// </summary>
/// <param name="Query">The index of the query that it answers.</param>
/// <param name="EndpointId">The id of the subscription.</param>
/// <param name="Filter">The filter, or empty.</param>
[Experimental("WHKEXP001")]
public readonly record struct Subscriber(int Query, string EndpointId, ReadOnlyMemory<byte> Filter);
