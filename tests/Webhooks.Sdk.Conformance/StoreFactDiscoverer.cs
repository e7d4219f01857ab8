using System.Collections.Generic;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Webhooks.Sdk.Conformance;

/// <summary>Finds facts about stores, unless what they need is missing.</summary>
public sealed class StoreFactDiscoverer(IMessageSink diagnosticMessageSink) : FactDiscoverer(diagnosticMessageSink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        IsMissing(testMethod) ? [] : base.Discover(discoveryOptions, testMethod, factAttribute);

    /// <summary>Whether what the tests of the class need is missing. The class may inherit its tests from another assembly.</summary>
    internal static bool IsMissing(ITestMethod testMethod) =>
        testMethod.TestClass.Class is IReflectionTypeInfo { Type: { } type }
        && (IsMissing(type.Assembly.GetCustomAttribute<StoreRequirementAttribute>()) || IsMissing(type.GetCustomAttribute<StoreRequirementAttribute>()));

    private static bool IsMissing(StoreRequirementAttribute? requirement) => requirement is { Missing: not null };
}
