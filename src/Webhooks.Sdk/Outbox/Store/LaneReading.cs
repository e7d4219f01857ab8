using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// The lanes that have something to do.
/// </summary>
/// <param name="Lanes">The lanes, in any order.</param>
/// <param name="Last">
/// The greatest id of any delivery, to ask for what came later. Zero from a store that gives all lanes each time.
/// </param>
[Experimental("WHKEXP001")]
public sealed record LaneReading(IReadOnlyList<WaitingLane> Lanes, long Last);
