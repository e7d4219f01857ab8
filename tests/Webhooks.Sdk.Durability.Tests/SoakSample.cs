using System;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>What there is at one moment of a soak.</summary>
/// <param name="Rows">Bytes of rows on disk, or of everything.</param>
/// <param name="Indexes">Bytes of their indexes.</param>
/// <param name="Memory">Bytes of the managed heap.</param>
/// <param name="Stored">What the store counts.</param>
internal sealed record SoakSample(long Rows, long Indexes, long Memory, StoreStatistics Stored)
{
    public override string ToString() =>
        FormattableString.Invariant($"rows {Rows / 1024,6} KiB, indexes {Indexes / 1024,6} KiB, memory {Memory / 1024,6} KiB, stored {Stored}");
}
