using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Formats;

/// <summary>
/// An event in one format: what goes on the wire, the same for every endpoint and every attempt. Immutable.
/// </summary>
internal sealed class EventComposition
{
    public required WebhookFormat Format { get; init; }

    /// <summary>Gets the source that was written, or null when the format has none.</summary>
    public string? Source { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required string MediaType { get; init; }
}
