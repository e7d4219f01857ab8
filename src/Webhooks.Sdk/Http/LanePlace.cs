using System;
using System.Threading.RateLimiting;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The right to make one attempt to an endpoint. Disposed when the attempt has ended.
/// </summary>
internal sealed class LanePlace(EndpointLane? lane, RateLimitLease? lease, EndpointCircuit? circuit) : IDisposable
{
    /// <summary>Gets the place of every attempt to an endpoint without limits, which has no lane.</summary>
    public static LanePlace Anywhere { get; } = new(lane: null, lease: null, circuit: null);

    /// <summary>Gets the endpoint's circuit breaker, through which the attempt goes; null when it has none.</summary>
    public EndpointCircuit? Circuit { get; } = circuit;

    public void Dispose()
    {
        lease?.Dispose();
        lane?.Leave();
    }
}
