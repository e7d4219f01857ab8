using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

/// <summary>
/// Where a reading of deliveries ended. <see langword="default"/>: before the first.
/// </summary>
/// <param name="DueAt">When the last delivery was due.</param>
/// <param name="DeliveryId">The id of the last delivery.</param>
[Experimental("WHKEXP001")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct DueCursor(DateTimeOffset DueAt, long DeliveryId);
