using System;
using Xunit;
using Xunit.Sdk;

namespace Webhooks.Sdk.Conformance;

/// <summary>A fact about a store, whose server may be missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Webhooks.Sdk.Conformance.StoreFactDiscoverer", "Webhooks.Sdk.Conformance")]
public sealed class StoreFactAttribute : FactAttribute;
