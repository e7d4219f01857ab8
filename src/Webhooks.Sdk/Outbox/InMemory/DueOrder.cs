using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>Orders deliveries by due time, then id; or by id alone.</summary>
internal sealed class DueOrder : IComparer<DueCursor>
{
    private readonly bool _idOnly;

    private DueOrder(bool idOnly)
    {
        _idOnly = idOnly;
    }

    public static DueOrder Instance { get; } = new(idOnly: false);

    public static DueOrder IdOnly { get; } = new(idOnly: true);

    public int Compare(DueCursor x, DueCursor y)
    {
        int due = _idOnly ? 0 : x.DueAt.CompareTo(y.DueAt);
        return due != 0 ? due : x.DeliveryId.CompareTo(y.DeliveryId);
    }
}
