using System.Diagnostics;

namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// What was begun for an attempt and ends with it.
/// </summary>
/// <param name="Span">The attempt's span, or null when nobody wants it.</param>
/// <param name="Started">When it began.</param>
/// <param name="IsCounted">Whether the attempt is counted among those under way.</param>
internal readonly record struct AttemptObservation(Activity? Span, long Started, bool IsCounted);
