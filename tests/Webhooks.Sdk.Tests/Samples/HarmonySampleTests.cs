using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Tests.Samples;

public sealed class HarmonySampleTests
{
    private const string Code = "MONWEBHOOKACADEMY123456789012363F53";

    [Theory]
    [InlineData("“200” : le message est bien parvenu", 0, "Accepted, code 200", "le message est bien parvenu")]
    [InlineData("3 - Client inconnu", 1, "Rejected, code 3", "Client inconnu")]
    public async Task Run_WithParameters_CallsTheWebhookAndTellsTheAnswer(string body, int exitCode, string outcome, string message)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, body));

        (int code, string output, string error) = await RunAsync(server, "dos=998", "refreshCustomer=C0000001");

        Assert.Equal((exitCode, ""), (code, error));
        Assert.StartsWith(outcome, output, StringComparison.Ordinal);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.Equal(
            $"GET /123456/TEST1/api/v1/WebHook/{Code}?dos=998&refreshCustomer=C0000001 HTTP/1.1", Assert.Single(server.Requests).RequestLine);
    }

    [Fact]
    public async Task Run_WithPost_Posts()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "0"));

        (int code, _, _) = await RunAsync(server, "--post", "a=b=c");

        Assert.Equal(0, code);
        Assert.Equal($"POST /123456/TEST1/api/v1/WebHook/{Code}?a=b%3Dc HTTP/1.1", Assert.Single(server.Requests).RequestLine);
    }

    [Fact]
    public async Task Run_DryRun_ShowsTheCallMaskedAndCallsNothing()
    {
        await using var server = LoopbackServer.Start();

        (int code, string output, string error) = await RunAsync(server, "--dry-run", "refreshCustomer=C0000001");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal($"GET ***3F53?refreshCustomer=*** at {server.Url}", output.TrimEnd());
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--what")]
    [InlineData("novalue")]
    [InlineData("=C0000001")]
    [InlineData(" =C0000001")]
    public async Task Run_CalledWrongly_SaysSo(string argument)
    {
        await using var server = LoopbackServer.Start();

        (int code, string output, string error) = await RunAsync(server, argument);

        Assert.Equal((2, ""), (code, output));
        Assert.NotEmpty(error);
        Assert.DoesNotContain("C0000001", error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Run_WithoutABaseUrl_ShowsTheUsage()
    {
        (int code, _, string error) = await SampleProcess.RunAsync("Harmony", new Dictionary<string, string?> { ["HARMONY_BASE_URL"] = null });

        Assert.Equal(2, code);
        Assert.StartsWith("Usage: Harmony", error, StringComparison.Ordinal);
    }

    private static Task<SampleProcess> RunAsync(LoopbackServer server, params string[] arguments) => SampleProcess.RunAsync(
        "Harmony",
        new Dictionary<string, string?> { ["HARMONY_BASE_URL"] = server.Url + "/123456/TEST1", ["HARMONY_CODE"] = Code },
        arguments);
}
