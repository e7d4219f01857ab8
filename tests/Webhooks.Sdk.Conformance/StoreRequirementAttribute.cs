using System;

namespace Webhooks.Sdk.Conformance;

/// <summary>
/// Says what the tests of an assembly, or of a class, need that a machine may not have. Where it is missing, tests that are marked by <see cref="StoreFactAttribute"/> or
/// <see cref="StoreTheoryAttribute"/> are not there at all: one other test says why, in one line.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class)]
public abstract class StoreRequirementAttribute : Attribute
{
    /// <summary>Gets why it is missing, or null.</summary>
    public abstract string? Missing { get; }
}
