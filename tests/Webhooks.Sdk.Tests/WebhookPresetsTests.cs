using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests;

/// <summary>Every answer that the receivers document, over real HTTP, and the requests that they get.</summary>
public sealed class WebhookPresetsTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    public static TheoryData<string, int, string, WebhookFailure, int> Answers => new()
    {
        { "Slack", 200, "ok", WebhookFailure.None, 1 },
        { "Slack", 200, "no_text", WebhookFailure.Rejected, 1 },
        { "Slack", 202, "ok", WebhookFailure.Rejected, 1 },
        { "Slack", 400, "invalid_payload", WebhookFailure.Rejected, 1 },
        { "Slack", 400, "user_not_found", WebhookFailure.Rejected, 1 },
        { "Slack", 403, "action_prohibited", WebhookFailure.Rejected, 1 },
        { "Slack", 404, "channel_not_found", WebhookFailure.Rejected, 1 },
        { "Slack", 410, "channel_is_archived", WebhookFailure.Gone, 1 },
        { "Slack", 429, "", WebhookFailure.Throttled, 3 },
        { "Slack", 500, "rollup_error", WebhookFailure.ReceiverFailed, 3 },
        { "Teams", 200, "1", WebhookFailure.None, 1 },
        { "Teams", 202, "", WebhookFailure.None, 1 },
        { "Teams", 429, "", WebhookFailure.Throttled, 3 },
        { "Discord", 204, "", WebhookFailure.None, 1 },
        { "Discord", 200, """{"id":"1"}""", WebhookFailure.None, 1 },
        { "Discord", 404, """{"message":"Unknown Webhook","code":10015}""", WebhookFailure.Gone, 1 },
        { "Discord", 400, """{"code":50006}""", WebhookFailure.Rejected, 1 },
        { "Discord", 429, """{"message":"You are being rate limited.","retry_after":64.57,"global":false}""", WebhookFailure.Throttled, 1 },
        { "Discord", 429, """{"retry_after":0.3}""", WebhookFailure.Throttled, 3 },
        { "Line", 200, """{"sentMessages":[]}""", WebhookFailure.None, 1 },
        { "Line", 409, """{"message":"The retry key is already accepted"}""", WebhookFailure.None, 1 },
        { "Line", 400, """{"message":"The request body has 1 error(s)"}""", WebhookFailure.Rejected, 1 },
        { "Line", 429, "", WebhookFailure.Throttled, 3 },
        { "Line", 500, "", WebhookFailure.ReceiverFailed, 3 },
        { "Messenger", 200, """{"recipient_id":"1","message_id":"m"}""", WebhookFailure.None, 1 },
        { "Messenger", 400, """{"error":{"code":190,"error_subcode":1234567}}""", WebhookFailure.Rejected, 1 },
        { "Messenger", 400, """{"error":{"code":100}}""", WebhookFailure.Rejected, 1 },
        { "Messenger", 500, """{"error":{"code":100}}""", WebhookFailure.Rejected, 1 },
        { "Messenger", 400, """{"error":{"message":"Calls to this API have exceeded the rate limit","code":613}}""", WebhookFailure.Throttled, 3 },
        { "Messenger", 400, """{"error":{"code":4}}""", WebhookFailure.Throttled, 3 },
        { "Messenger", 400, """{"error":{"message":"Temporary send message failure","code":1200}}""", WebhookFailure.ReceiverFailed, 3 },
        { "Messenger", 200, """{"error":{"code":2}}""", WebhookFailure.ReceiverFailed, 3 },
        { "Messenger", 400, """{"error":{"code":551}}""", WebhookFailure.Rejected, 1 },
        { "Lob", 200, """{"id":"psc_1"}""", WebhookFailure.None, 1 },
        { "Lob", 422, """{"error":{"status_code":422}}""", WebhookFailure.Rejected, 1 },
        { "Lob", 503, "", WebhookFailure.ReceiverFailed, 3 },
        { "Salesforce", 201, """{"id":"e01","success":true,"errors":[{"statusCode":"OPERATION_ENQUEUED","message":"…"}]}""", WebhookFailure.None, 1 },
        { "Salesforce", 201, """{"id":"e01","success":false,"errors":[{"statusCode":"LIMIT"}]}""", WebhookFailure.Rejected, 1 },
        { "Salesforce", 200, """{"id":"e01","success":true,"errors":[]}""", WebhookFailure.Rejected, 1 },
        { "Salesforce", 400, """[{"errorCode":"INVALID_FIELD"}]""", WebhookFailure.Rejected, 1 },
        { "Salesforce", 401, """[{"errorCode":"INVALID_SESSION_ID"}]""", WebhookFailure.Rejected, 1 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task SendAsync_DocumentedAnswer_MeansWhatTheReceiverSays(string preset, int status, string body, WebhookFailure expected, int attempts)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, status == 204 ? "" : body));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var endpoint = new WebhookEndpoint(server.Url) { Preset = WebhookPresets.Find(preset)! };

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithEndpoint(endpoint).WithText("x", "text/plain").Build());
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((expected, status, attempts), (result.Failure, result.StatusCode, result.Attempts.Count));
        Assert.Equal(attempts, server.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_EventByAPreset_ArrivesAsTheReceiverWantsIt()
    {
        await using var server = LoopbackServer.Start(500, 409);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var line = new WebhookEndpoint($"{server.Url}/v2/bot/message/push") { Preset = WebhookPresets.Line, Credential = WebhookCredential.Bearer("t") };
        WebhookEvent pushed = WebhookEvent.For("message.push").WithId("evt_0195f3a1b2c37d4e8f5061728394a5b6")
            .WithJson("""{"to":"U1","messages":[{"type":"text","text":"Bonjour"}]}"""u8).Build();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(line, pushed);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);

        Assert.True((await sending).Succeeded);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request =>
        {
            Assert.Equal("POST /v2/bot/message/push HTTP/1.1", request.RequestLine);
            Assert.Equal("""{"to":"U1","messages":[{"type":"text","text":"Bonjour"}]}""", request.Text);
            Assert.Equal("0195f3a1-b2c3-7d4e-8f50-61728394a5b6", request.Header("X-Line-Retry-Key"));
            Assert.Equal("Bearer t", request.Header("Authorization"));
            Assert.Equal("application/json", request.Header("Content-Type"));
        });
    }

    [Theory]
    [InlineData("Slack", "/services/T0/B0/x", """{"text":"Bonjour"}""")]
    [InlineData("Discord", "/api/webhooks/1/x?wait=true", """{"content":"Bonjour"}""")]
    [InlineData("Messenger", "/v19.0/me/messages", """{"recipient":{"id":"1"},"messaging_type":"UPDATE","message":{"text":"Bonjour"}}""")]
    public async Task SendAsync_MessageByAPreset_IsTheBodyAsItIs(string preset, string target, string message)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1);
        var endpoint = new WebhookEndpoint(server.Url + target) { Preset = WebhookPresets.Find(preset)! };

        await provider.Webhooks().SendAsync(endpoint, WebhookEvent.For("message.posted").WithJson(System.Text.Encoding.UTF8.GetBytes(message)).Build());

        RecordedRequest request = Assert.Single(server.Requests);
        Assert.Equal($"POST {target} HTTP/1.1", request.RequestLine);
        Assert.Equal(message, request.Text);
        Assert.Equal("application/json", request.Header("Content-Type"));
    }

    [Fact]
    public async Task SendAsync_MoreToSlackThanItTakes_WaitsForTheNextSecond()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "ok"));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var slack = new WebhookEndpoint(server.Url) { Preset = WebhookPresets.Slack };
        DateTimeOffset start = time.GetUtcNow();

        for (int i = 0; i < 3; i++)
        {
            Task<WebhookResult> sending = provider.Webhooks().SendAsync(slack, WebhookEvent.For("message.posted").WithJson("{}"u8).Build());
            await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
            Assert.True((await sending).Succeeded);
        }

        Assert.Equal(TimeSpan.FromSeconds(2), time.GetUtcNow() - start);
        Assert.Equal(WebhookRate.PerSecond(4).ToString(), WebhookPresets.Teams.Limits.Rate!.ToString());
    }

    [Fact]
    public async Task SendAsync_RequestByLobsPreset_HasTheSameKeyAtEachAttemptAndIsRepeatedWhenItsFateIsUnknown()
    {
        int received = 0;
        await using var server = LoopbackServer.Start((_, stream, cancellationToken) => ++received == 1
            ? throw new System.IO.IOException()
            : stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(LoopbackServer.Response(200)), cancellationToken).AsTask());
        await using ServiceProvider provider = TestHost.Create();
        var lob = new WebhookEndpoint($"{server.Url}/v1/postcards") { Preset = WebhookPresets.Lob, Credential = WebhookCredential.Basic("test_key", "") };
        WebhookRequest request = WebhookRequest.Post(lob.Url).WithEndpoint(lob).WithForm(new Dictionary<string, string> { ["to"] = "adr_1" }).Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.Equal((true, 2), (result.Succeeded, result.Attempts.Count));
        Assert.Equal([request.Id, request.Id], server.Requests.Select(r => r.Header("Idempotency-Key")!));
        Assert.All(server.Requests, r => Assert.Equal(("to=adr_1", "Basic dGVzdF9rZXk6"), (r.Text, r.Header("Authorization")!)));
    }

    [Fact]
    public async Task SendAsync_SalesforceWithAnExpiredToken_AsksForAFreshOneOnce()
    {
        await using var server = LoopbackServer.StartRaw(
            LoopbackServer.Response(401, """[{"errorCode":"INVALID_SESSION_ID"}]"""), LoopbackServer.Response(201, """{"success":true,"errors":[]}"""));
        await using ServiceProvider provider = TestHost.Create();
        int tokens = 0;
        var salesforce = new WebhookEndpoint($"{server.Url}/services/data/v61.0/sobjects/Paid__e/")
        {
            Preset = WebhookPresets.Salesforce,
            Credential = WebhookCredential.Bearer((_, _) => ValueTask.FromResult($"t{++tokens}")),
        };

        WebhookResult result = await provider.Webhooks().SendAsync(salesforce, WebhookEvent.For("paid").WithJson("""{"Amount__c":1}"""u8).Build());

        Assert.True(result.Succeeded);
        Assert.Equal(["Bearer t1", "Bearer t2"], server.Requests.Select(request => request.Header("Authorization")!));
        Assert.All(server.Requests, request => Assert.Equal("""{"Amount__c":1}""", request.Text));
    }

    [Fact]
    public async Task SendAsync_TeamsByConfiguration_SendsTheSignedUrlByteForByteAndNoLargeBody()
    {
        await using var server = LoopbackServer.Start(202);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Url"] = $"{server.Url}/workflows/%7Ea/run?sig=a%2Fb%7E",
            ["Preset"] = "teams",
        }).Build();
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("team", configuration));
        WebhookEndpoint team = provider.GetRequiredService<IWebhookEndpoints>().Get("team");

        WebhookResult delivered = await provider.Webhooks().SendAsync(team, Of(28 * 1024));
        WebhookResult tooLarge = await provider.Webhooks().SendAsync(team, Of((28 * 1024) + 1));

        Assert.Equal((WebhookFailure.None, WebhookFailure.RequestTooLarge), (delivered.Failure, tooLarge.Failure));
        Assert.Equal("/workflows/%7Ea/run?sig=a%2Fb%7E", Assert.Single(server.Requests).Target);

        static WebhookEvent Of(int bytes) => WebhookEvent.For("card").WithJson(System.Text.Encoding.ASCII.GetBytes($"\"{new string('x', bytes - 2)}\"")).Build();
    }

    [Fact]
    public async Task Get_PresetInCode_IsTheBundleAndNothingElse()
    {
        var mattermost = new WebhookPreset("Mattermost") { Rule = new() { Body = [WebhookBodyRule.UnlessText("ok")] }, Schedule = RetrySchedule.Braze };
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("chat", options =>
        {
            options.Url = new Uri("https://chat.example/hooks/x");
            options.Preset = "Slack";
            options.UsePreset(mattermost);
        }));

        WebhookEndpoint chat = provider.GetRequiredService<IWebhookEndpoints>().Get("chat");

        Assert.Same(mattermost, chat.Preset);
        Assert.Same(mattermost.Rule, chat.Rule);
        Assert.Same(RetrySchedule.Braze, chat.Schedule);
        Assert.Same(WebhookFormat.Standard, chat.Format);
        Assert.Null(chat.IdempotencyHeader);
        Assert.Equal("Mattermost", mattermost.ToString());
    }

    [Fact]
    public void All_Presets_AreFoundByTheNamesOfTheirProperties()
    {
        Assert.Equal(
            typeof(WebhookPresets).GetProperties().ToDictionary(property => property.Name, property => property.GetValue(null)),
            WebhookPresets.All.ToDictionary(preset => preset.Name, object? (preset) => preset));
        Assert.Same(WebhookPresets.Slack, WebhookPresets.Find("sLACK"));
        Assert.Null(WebhookPresets.Find("Fax"));
        Assert.Equal(5, WebhookPresets.Lob.Schedule.MaxAttempts);
    }
}
