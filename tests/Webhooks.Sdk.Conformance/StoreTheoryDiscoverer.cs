using System.Collections.Generic;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Webhooks.Sdk.Conformance;

/// <summary>Finds theories about stores, unless what they need is missing.</summary>
public sealed class StoreTheoryDiscoverer(IMessageSink diagnosticMessageSink) : TheoryDiscoverer(diagnosticMessageSink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        StoreFactDiscoverer.IsMissing(testMethod) ? [] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
