using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Tests.Samples;

public sealed class SkalinSampleTests
{
    private const string WebhookId = "05cb3204b49ff92d";
    private const string ClientId = "2bb91c92dr779103";

    [Fact]
    public async Task Run_AcceptedByTheReceiver_EndsWith0()
    {
        await using var server = LoopbackServer.Start(200);

        SampleProcess run = await RunAsync(server.Url, "customer1234", "ActivationService", "5", "e07595f29f1928y5");

        Assert.Equal("", run.Error);
        Assert.Equal("e07595f29f1928y5 Succeeded: status 200 after 1 attempt\n", run.Output);
        Assert.Equal(0, run.ExitCode);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal($"POST /webhook/{WebhookId}?client_id={ClientId} HTTP/1.1", received.RequestLine);
        Assert.Equal(
            """{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""",
            received.Text);
    }

    [Fact]
    public async Task Run_RefusedByTheReceiver_EndsWith1()
    {
        await using var server = LoopbackServer.Start(403);

        SampleProcess run = await RunAsync(server.Url, "customer1234", "ActivationService", "5", "e07595f29f1928y5");

        Assert.Equal("e07595f29f1928y5 Rejected: status 403 after 1 attempt\n", run.Output);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Run_Dry_ShowsTheRequestMaskedAndSendsNothing()
    {
        await using var server = LoopbackServer.Start(200);

        SampleProcess run = await RunAsync(server.Url, "customer1234", "ActivationService", "5", "e07595f29f1928y5", "--dry-run");

        Assert.Equal(
            $$$"""
            POST {{{server.Url}}}/webhook/***f92d?client_id=***9103
            Cache-Control: no-cache
            Content-Type: application/json

            {"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}

            """,
            run.Output);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData]
    [InlineData("customer1234", "ActivationService", "good")]
    [InlineData("customer1234", "ActivationService", "5", "e07595f29f1928y5", "more")]
    public async Task Run_WithoutWhatItNeeds_ShowsItsUsageAndEndsWith2(params string[] arguments)
    {
        SampleProcess run = await RunAsync("https://skalin.invalid", arguments);

        Assert.Contains("Usage: Skalin CUSTOMER FEATURE SCORE", run.Error);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("score", "https://skalin.invalid", "7", "e07595f29f1928y5")]
    [InlineData("BaseUrl", "ftp://skalin.invalid", "5", "e07595f29f1928y5")]
    [InlineData("URI", "not a URL", "5", "e07595f29f1928y5")]
    public async Task Run_WithWhatSkalinWouldRefuse_SaysWhatAndEndsWith2(string what, string baseUrl, string score, string id)
    {
        SampleProcess run = await RunAsync(baseUrl, "customer1234", "ActivationService", score, id);

        Assert.Contains(what, run.Error);
        Assert.DoesNotContain(WebhookId, run.Error);
        Assert.DoesNotContain(ClientId, run.Error);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task Run_Help_ShowsItAndEndsWith0()
    {
        SampleProcess run = await RunAsync("https://skalin.invalid", "--help");

        Assert.Contains("SKALIN_WEBHOOK_ID", run.Output);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
    }

    private static Task<SampleProcess> RunAsync(string baseUrl, params string[] arguments) =>
        SampleProcess.RunAsync(
            "Skalin",
            new Dictionary<string, string?>
            {
                ["SKALIN_WEBHOOK_ID"] = WebhookId,
                ["SKALIN_CLIENT_ID"] = ClientId,
                ["SKALIN_BASE_URL"] = baseUrl,
            },
            arguments);
}
