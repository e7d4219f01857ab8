using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

/// <summary>
/// Counts of what is stored.
/// </summary>
/// <param name="Events">Events, whatever became of them.</param>
/// <param name="PendingEvents">Events that have not been fanned out to the end.</param>
/// <param name="Waiting">Deliveries that wait for an attempt, those in lanes included.</param>
/// <param name="InLanes">Deliveries that wait in lanes.</param>
/// <param name="DeadLetters">Deliveries that were given up.</param>
/// <param name="Attempts">Attempts that are recorded.</param>
/// <param name="Endpoints">Endpoints and subscriptions.</param>
/// <param name="OldestDueFor">How long the delivery that is due longest has been due, outside of lanes; null when none is.</param>
[Experimental("WHKEXP001")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoreStatistics(
    long Events, long PendingEvents, long Waiting, long InLanes, long DeadLetters, long Attempts, long Endpoints, TimeSpan? OldestDueFor);
