using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>An endpoint as the <see cref="Ledger"/> knows it: from being added until it is removed.</summary>
internal sealed class EndpointEntry
{
    private readonly List<EndpointVersion> _versions = [];

    /// <summary>Opens the entry of an endpoint.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="earlier">The endpoint that had the id before, or null.</param>
    public EndpointEntry(string id, EndpointEntry? earlier)
    {
        Id = id;
        Bucket = BucketLease.BucketOf(id);
        _versions.AddRange(earlier?._versions ?? []);
        SaidGone = earlier?.SaidGone ?? false;
    }

    public string Id { get; }

    public int Bucket { get; }

    public string? Owner { get; set; }

    public IReadOnlyList<string> EventTypes { get; set; } = [];

    /// <summary>Gets or sets the number of the change since which events of its types are for it; null: they are not.</summary>
    public long? SubscribedAt { get; set; }

    /// <summary>Gets the number of the change since which its deliveries keep their order; null: they do not.</summary>
    public long? OrderedAt { get; private set; }

    /// <summary>Gets or sets whether its receiver has answered that it wants nothing any more.</summary>
    public bool SaidGone { get; set; }

    public EndpointVersion Current => _versions[^1];

    public bool IsThere => _versions.Count > 0 && Current.Settings is not null;

    /// <summary>Gets after how many attempts the schedule may have come to its end.</summary>
    public int FewestAttempts => _versions.Min(static version => version.Settings?.Schedule.MaxAttempts ?? int.MaxValue);

    public void Change(EndpointVersion version, long number)
    {
        _versions.Add(version);
        OrderedAt = version.Settings is { Ordered: true } ? OrderedAt ?? number : null;
    }

    /// <summary>Gives what it was at any time since then, the latest first.</summary>
    public IEnumerable<EndpointVersion> Since(TimeSpan time)
    {
        for (int i = _versions.Count - 1; i >= 0; i--)
        {
            yield return _versions[i];

            if (_versions[i].Since < time)
            {
                yield break;
            }
        }
    }

    public bool Wants(StoredEvent stored) =>
        (stored.Owner is null || stored.Owner == Owner) && EventTypes.Any(pattern => pattern == "*" || pattern == stored.Type);
}
