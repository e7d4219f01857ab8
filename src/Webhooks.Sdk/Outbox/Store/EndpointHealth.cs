using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// How long an endpoint has done nothing but fail.
/// </summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Failures">How many attempts have failed since the last that did not.</param>
/// <param name="FailingFor">How long ago the first of those failed, by the store's clock.</param>
[Experimental("WHKEXP001")]
public readonly record struct EndpointHealth(string EndpointId, int Failures, TimeSpan FailingFor);
