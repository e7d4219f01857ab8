using System;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Faults.Tests.Isolated;
using Webhooks.Sdk.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Faults.Tests;

public sealed class BombTests(ITestOutputHelper output)
{
    private const double MostGrowth = 64;

    [Fact]
    public async Task SendAsync_HundredBombsAtOnce_GrowTheProcessByALittle()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(static request => request.Target switch
        {
            "/endless" => ReceiverAnswer.Status(200).WithEndlessBody(),
            "/gzip" => ReceiverAnswer.Status(200).WithGzipBomb(1L << 30),
            "/headers" => ReceiverAnswer.Status(200).WithEndlessHeaders(),
            "/interim" => ReceiverAnswer.Status(200).WithEndlessInterim(103),
            _ => ReceiverAnswer.Status(200),
        });

        IsolatedProcess sender = await IsolatedProcess.RunAsync(BombedSender.Name, receiver.Url.AbsoluteUri);

        Assert.True(sender.ExitCode == 0, sender.Output);
        string[] figures = sender.Output.Split(' ', StringSplitOptions.TrimEntries);
        double growth = double.Parse(figures[0], CultureInfo.InvariantCulture);
        output.WriteLine($"{figures[1]} bombs grew the process by {growth} MiB.");
        Assert.Equal(BombedSender.Bombs, int.Parse(figures[1], CultureInfo.InvariantCulture));
        Assert.Equal(2 * BombedSender.Bombs, receiver.Requests.Count);
        Assert.InRange(growth, -MostGrowth, MostGrowth);
    }
}
