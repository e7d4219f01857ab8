using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>What came of a run of kills.</summary>
internal sealed record KillFigures
{
    public required int Kills { get; init; }

    public required int Acknowledged { get; init; }

    public required int Stored { get; init; }

    /// <summary>Gets deliveries of acknowledged events that did not arrive.</summary>
    public required int Lost { get; init; }

    /// <summary>Gets requests for events that are not stored: rolled back, or never committed.</summary>
    public required int Invented { get; init; }

    /// <summary>Gets rows of the application's without their event, and events without their row.</summary>
    public required int Parted { get; init; }

    public required int Requests { get; init; }

    /// <summary>Gets how many requests each kill left without a record: they are made again.</summary>
    public required IReadOnlyList<int> Unrecorded { get; init; }

    /// <summary>Gets requests to ordered endpoints that overtook another.</summary>
    public required int Disorders { get; init; }

    /// <summary>Gets attempts that are recorded twice.</summary>
    public required long Doubled { get; init; }

    /// <summary>Gets how long nobody sent after each kill.</summary>
    public required IReadOnlyList<TimeSpan> Stalls { get; init; }

    public required string Integrity { get; init; }

    public override string ToString()
    {
        TimeSpan[] stalls = [.. Stalls.Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills: {Acknowledged} acknowledged, {Stored} stored, {Requests} requests, lost {Lost}, invented {Invented}, parted {Parted}, "
            + $"duplicates {Unrecorded.Sum()} (by kill: {string.Join(' ', Unrecorded)}), out of order {Disorders}, doubled attempts {Doubled}, "
            + $"stall median {stalls[stalls.Length / 2].TotalSeconds:0.00} s, longest {stalls[^1].TotalSeconds:0.00} s, integrity {Integrity}");
    }
}
