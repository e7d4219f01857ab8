using Xunit;

namespace Webhooks.Sdk.Tests;

/// <summary>Tests that nothing else may run beside: what they look at is the process's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
