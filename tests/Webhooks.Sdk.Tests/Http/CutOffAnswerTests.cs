using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A body that goes on beyond what is read is never taken for a whole one.</summary>
public sealed class CutOffAnswerTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData(2, "ok", WebhookFailure.None)]
    [InlineData(3, "ok", WebhookFailure.None)]
    [InlineData(2, "okay", WebhookFailure.Undecided)]
    [InlineData(1, "ok", WebhookFailure.Undecided)]
    [InlineData(0, "ok", WebhookFailure.Undecided)]
    [InlineData(0, "", WebhookFailure.Rejected)]
    [InlineData(1, "no", WebhookFailure.Rejected)]
    public async Task SendAsync_CapWithALength_DecidesOnlyWhatIsCertain(int cap, string body, WebhookFailure expected)
    {
        Assert.Equal(expected, await SendAsync(cap, LoopbackServer.Response(200, body)));
    }

    [Theory]
    [InlineData(3, "2\r\nok\r\n0\r\n\r\n", WebhookFailure.None)]
    [InlineData(2, "2\r\nok\r\n0\r\n\r\n", WebhookFailure.Undecided)]
    [InlineData(2, "4\r\nokay\r\n0\r\n\r\n", WebhookFailure.Undecided)]
    [InlineData(0, "0\r\n\r\n", WebhookFailure.Undecided)]
    public async Task SendAsync_CapWithoutALength_DecidesOnlyWhatIsCertain(int cap, string body, WebhookFailure expected)
    {
        Assert.Equal(expected, await SendAsync(cap, Chunked + body));
    }

    // The request was received: whoever asks again gets an answer that is no shorter.
    [Fact]
    public async Task SendAsync_Undecided_IsNotRetried()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "okay"));
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxResponseBodySize = 2);
        var endpoint = new WebhookEndpoint(server.Url) { Rule = new() { Body = [WebhookBodyRule.UnlessText("ok")] } };

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).WithEndpoint(endpoint).Build());

        Assert.Equal((WebhookFailure.Undecided, 200, "ok", 1), (result.Failure, result.StatusCode, result.ResponseText, result.Attempts.Count));
    }

    [Theory]
    [InlineData(1, HarmonyOutcome.Unknown)]
    [InlineData(2, HarmonyOutcome.Unknown)]
    [InlineData(3, HarmonyOutcome.Accepted)]
    public async Task CallAsync_CapInTheMiddleOfTheCode_IsUnknown(int cap, HarmonyOutcome expected)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "200"));
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.AddHarmony(o => o.BaseUrl = new Uri(server.Url)), options => options.MaxResponseBodySize = cap);

        HarmonyAnswer answer = await provider.GetRequiredService<IHarmonyClient>().CallAsync(HarmonyCall.To("CODE"));

        Assert.Equal((expected, expected == HarmonyOutcome.Accepted ? 200 : null), (answer.Outcome, answer.Code));
    }

    [Fact]
    public async Task SendAsync_CodeOfTheRuleThrows_IsUndecidedAndNoException()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url) { Rule = new() { Decide = static (in _, _) => throw new InvalidOperationException() } };

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).WithEndpoint(endpoint).Build());

        Assert.Equal((WebhookFailure.Undecided, 1), (result.Failure, result.Attempts.Count));
    }

    [Fact]
    public async Task SendAsync_ReceiverThatWantsNoMore_IsDisabledAndNotRetried()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(503, headers: "webhook-delivery: disable\r\n"));
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).Build());

        Assert.Equal((WebhookFailure.Disabled, 1), (result.Failure, result.Attempts.Count));
    }

    private static async Task<WebhookFailure> SendAsync(int cap, string response)
    {
        await using var server = LoopbackServer.StartRaw(response);
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxResponseBodySize = cap);
        var endpoint = new WebhookEndpoint(server.Url) { Rule = new() { Body = [WebhookBodyRule.UnlessText("ok")] } };

        return (await provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).WithEndpoint(endpoint).Build())).Failure;
    }
}
