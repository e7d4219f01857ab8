using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

/// <summary>
/// How much of which lane is read.
/// </summary>
/// <param name="EndpointId">The endpoint that the lane belongs to.</param>
/// <param name="After">Behind which it is read; <see langword="default"/> for the beginning. For an ordered endpoint only the id counts.</param>
/// <param name="Limit">The most deliveries to read, from 1.</param>
[Experimental("WHKEXP001")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct LaneQuery(string EndpointId, DueCursor After, int Limit);
