using System;
using System.Threading.RateLimiting;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The right to make one attempt to an endpoint. Disposed when the attempt has ended.
/// </summary>
internal sealed class LanePlace(EndpointLane lane, RateLimitLease? lease, EndpointCircuit? circuit) : IDisposable
{
    /// <summary>Gets the endpoint's circuit breaker, through which the attempt goes; null when it has none.</summary>
    public EndpointCircuit? Circuit { get; } = circuit;

    public void Dispose()
    {
        lease?.Dispose();
        lane.Leave();
    }
}
