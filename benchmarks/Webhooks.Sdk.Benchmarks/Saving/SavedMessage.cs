using System;

namespace Webhooks.Sdk.Benchmarks.Saving;

/// <summary>
/// What the application would save by hand for something else to send.
/// </summary>
public sealed class SavedMessage
{
    public Guid Id { get; init; }

    public required string Type { get; init; }

    public required byte[] Payload { get; init; }

    public DateTime CreatedAt { get; init; } = DateTime.UtcNow;
}
