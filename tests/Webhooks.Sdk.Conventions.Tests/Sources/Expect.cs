using System.Collections.Generic;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests.Sources;

internal static class Expect
{
    /// <summary>
    /// Fails with every finding on its own line, not only the first.
    /// </summary>
    public static void None(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{all.Length} found:\n{string.Join('\n', all)}");
        }
    }
}
