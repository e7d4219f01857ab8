using System;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Faults.Tests.Isolated;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Faults.Tests;

public sealed class AddressGuardTests(ITestOutputHelper output)
{
    [NamespaceFact]
    public async Task SendAsync_WhereEveryAddressAnswers_ReachesNoRefusedAddress()
    {
        IsolatedProcess sender = await IsolatedProcess.RunWhereEveryAddressIsOursAsync(GuardedSender.Name);

        Assert.True(sender.ExitCode == 0, sender.Output);
        string[] figures = sender.Output.Split([' ', '\n'], StringSplitOptions.TrimEntries);
        output.WriteLine($"{figures[0]} hostile hosts; {figures[1]} of their addresses answer whoever dials them.");
        Assert.InRange(int.Parse(figures[0], CultureInfo.InvariantCulture), 1000, int.MaxValue);
        Assert.InRange(int.Parse(figures[1], CultureInfo.InvariantCulture), 80, int.MaxValue);
    }
}
