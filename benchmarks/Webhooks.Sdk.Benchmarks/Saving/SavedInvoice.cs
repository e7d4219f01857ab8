using System;

namespace Webhooks.Sdk.Benchmarks.Saving;

/// <summary>
/// What the application saves.
/// </summary>
public sealed class SavedInvoice
{
    public Guid Id { get; init; }

    public required string Customer { get; init; }

    public decimal Total { get; init; }
}
