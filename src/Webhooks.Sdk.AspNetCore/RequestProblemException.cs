using System;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>A request that cannot be served, and why; answered, never logged as a failure of the application.</summary>
internal sealed class RequestProblemException(int status, string detail) : Exception(detail)
{
    public int Status { get; } = status;
}
