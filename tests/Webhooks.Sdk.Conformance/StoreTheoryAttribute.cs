using System;
using Xunit;
using Xunit.Sdk;

namespace Webhooks.Sdk.Conformance;

/// <summary>A theory about a store, whose server may be missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Webhooks.Sdk.Conformance.StoreTheoryDiscoverer", "Webhooks.Sdk.Conformance")]
public sealed class StoreTheoryAttribute : TheoryAttribute;
