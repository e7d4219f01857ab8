using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Samples;

public sealed class OutboxSampleTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("webhooks-outbox-");

    private string Database => Path.Combine(_directory.FullName, "outbox.db");

    [Fact]
    public async Task Run_WithItsFlakyReceiver_DeliversEachAtTheSecondAttempt()
    {
        SampleProcess run = await SampleProcess.RunAsync("Outbox", [], Database);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Found 0 projects that have not been told yet.", lines[0]);
        Assert.Equal(4, lines.Count(line => line.Contains(": published as evt_", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line.EndsWith("no project, nobody is told.", StringComparison.Ordinal)));
        Assert.Equal(4, lines.Count(line => line.EndsWith("attempt 1: 503", StringComparison.Ordinal)));
        Assert.Equal(4, lines.Count(line => line.EndsWith("attempt 2: 200", StringComparison.Ordinal)));
        Assert.Equal("All projects have been told.", lines[^1]);
    }

    [Fact]
    public async Task Run_AfterAKill_DeliversWhatTheFirstLeft()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(200).Then(ReceiverAnswer.Silence());

        string first = await SampleProcess.RunUntilAsync(receiver.WaitForRequestsAsync(2), "Outbox", Database, receiver.Url.AbsoluteUri);
        receiver.Answers(200);
        SampleProcess second = await SampleProcess.RunAsync("Outbox", [], Database, receiver.Url.AbsoluteUri);

        Assert.StartsWith("Found 0 projects that have not been told yet.", first, StringComparison.Ordinal);
        Assert.Equal((0, string.Empty), (second.ExitCode, second.Error));
        string[] lines = second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // That the first was told may not have been written down yet: then it is told again.
        Assert.Contains(lines, line => line is "Found 3 projects that have not been told yet." or "Found 4 projects that have not been told yet.");
        Assert.DoesNotContain("published as", second.Output, StringComparison.Ordinal);
        Assert.Equal("All projects have been told.", lines[^1]);
        int[] told = [.. receiver.Requests.Select(NumberOf)];
        Assert.Equal([1, 2, 4, 5], told.Distinct());
        Assert.Equal([2, 4, 5], told[^3..]);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static int NumberOf(ReceivedRequest request) => JsonNode.Parse(request.Text)!["data"]!["id"]!.GetValue<int>();
}
