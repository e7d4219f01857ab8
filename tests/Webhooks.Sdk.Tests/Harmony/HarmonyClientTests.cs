using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Harmony;

public sealed class HarmonyClientTests
{
    private const string Code = "MONWEBHOOKACADEMY123456789012363F53";

    private static readonly HarmonyCall Refresh = HarmonyCall.To(Code).With("dos", 998).With("refreshCustomer", "C0000001");

    [Theory]
    [InlineData("", "/DhsDivaltoServiceDivaApiRest", "api/v1/Webhook", "/DhsDivaltoServiceDivaApiRest/api/v1/Webhook")]
    [InlineData("", "/123456/TEST1", null, "/123456/TEST1/api/v1/WebHook")]
    [InlineData("fi-FI", "/DhsDivaltoServiceDivaApiRest", "api/v1/Webhook", "/DhsDivaltoServiceDivaApiRest/api/v1/Webhook")]
    [InlineData("th-TH", "/123456/TEST1", null, "/123456/TEST1/api/v1/WebHook")]
    [InlineData("ar-SA", "/123456/TEST1", null, "/123456/TEST1/api/v1/WebHook")]
    public async Task CallAsync_TheCallsOfTheDocument_ArriveToTheByte(string culture, string basePath, string? servicePath, string expected)
    {
        await Task.Yield();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "“200” : le message est bien parvenu"));
        await using ServiceProvider provider = Host(server.Url + basePath, options => options.ServicePath = servicePath ?? options.ServicePath);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal((HarmonyOutcome.Accepted, 200, "le message est bien parvenu"), (answer.Outcome, answer.Code, answer.Message));
        Assert.True(answer.Succeeded);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal($"GET {expected}/{Code}?dos=998&refreshCustomer=C0000001 HTTP/1.1", received.RequestLine);
        Assert.Null(received.Header("Content-Type"));
        Assert.Null(received.Header("Content-Length"));
        Assert.Null(received.Header("Transfer-Encoding"));
    }

    [Fact]
    public async Task CallAsync_AValueOfAnyCharacters_IsEscaped()
    {
        await using var server = LoopbackServer.Start();
        await using ServiceProvider provider = Host(server.Url);

        await Harmony(provider).CallAsync(HarmonyCall.To("A B").With("n o", "a b+c&d=é😀/%20").With("v", "").With("x", 4.5));

        Assert.Equal(
            "/api/v1/WebHook/A%20B?n%20o=a%20b%2Bc%26d%3D%C3%A9%F0%9F%98%80%2F%2520&v=&x=4.5", Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task CallAsync_WithJson_PostsItAndKeepsTheQuery()
    {
        await using var server = LoopbackServer.Start();
        await using ServiceProvider provider = Host(server.Url);

        await Harmony(provider).CallAsync(Refresh.WithJson(new Dictionary<string, string> { ["nom"] = "Ada" }));

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal($"POST /api/v1/WebHook/{Code}?dos=998&refreshCustomer=C0000001 HTTP/1.1", received.RequestLine);
        Assert.Equal("application/json", received.Header("Content-Type"));
        Assert.Equal("""{"nom":"Ada"}""", received.Text);
    }

    [Fact]
    public async Task CallAsync_PostWithoutABody_SaysThatThereIsNone()
    {
        await using var server = LoopbackServer.Start();
        await using ServiceProvider provider = Host(server.Url);

        await Harmony(provider).CallAsync(Refresh.WithMethod(HttpMethod.Post));

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(("0", null), (received.Header("Content-Length"), received.Header("Content-Type")));
    }

    [Fact]
    public async Task CallAsync_AServerThatRecovers_IsCalledAgain()
    {
        await using var server = LoopbackServer.Start(503, 200);
        await using ServiceProvider provider = Host(server.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal(HarmonyOutcome.AcceptedUnconfirmed, answer.Outcome);
        Assert.Equal([503, 200], answer.Result.Attempts.Select(attempt => attempt.StatusCode));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task CallAsync_AServerThatKeepsFailing_IsTransient(int status)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, """{"error":4,"txterr":"Base fermée"}"""));
        await using ServiceProvider provider = Host(server.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal((HarmonyOutcome.Transient, 4, "Base fermée"), (answer.Outcome, answer.Code, answer.Message));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(302, "")]
    [InlineData(400, "400 paramètre manquant")]
    [InlineData(410, "")]
    [InlineData(200, "3 - refusé")]
    public async Task CallAsync_ARefusal_IsRejectedOnce(int status, string body)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, body, "Location: /elsewhere\r\n"));
        await using ServiceProvider provider = Host(server.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh.AsIdempotent());

        Assert.Equal(HarmonyOutcome.Rejected, answer.Outcome);
        Assert.False(answer.Succeeded);
        Assert.False(answer.Result.Succeeded);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task CallAsync_ASilentServer_IsUnknownAndCalledAgainOnlyWhenIdempotent(bool isIdempotent, int attempts)
    {
        var time = new HarmonyTestTime();
        await using var server = LoopbackServer.Start((_, _, cancellationToken) =>
        {
            time.EndAttempt();
            return LoopbackServer.StaySilentAsync(cancellationToken);
        });
        await using ServiceProvider provider = Host(server.Url, time: time);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(isIdempotent ? Refresh.AsIdempotent() : Refresh);

        Assert.Equal((HarmonyOutcome.Unknown, WebhookFailure.TimedOut), (answer.Outcome, answer.Result.Failure));
        Assert.Equal(attempts, server.Requests.Count);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task CallAsync_AConnectionThatBreaks_IsUnknownAndCalledAgainOnlyWhenIdempotent(bool isIdempotent, int attempts)
    {
        await using var server = LoopbackServer.Start((_, _, _) => throw new IOException());
        await using ServiceProvider provider = Host(server.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(
            (isIdempotent ? Refresh.AsIdempotent() : Refresh).WithMethod(HttpMethod.Post));

        Assert.Equal((HarmonyOutcome.Unknown, WebhookFailure.ConnectionLost), (answer.Outcome, answer.Result.Failure));
        Assert.Equal(attempts, server.Requests.Count);
    }

    [Fact]
    public async Task CallAsync_AnAnswerThatBreaksOff_IsUnknown()
    {
        await using var server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n20"u8.ToArray(), cancellationToken);
            throw new IOException();
        });
        await using ServiceProvider provider = Host(server.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal(HarmonyOutcome.Unknown, answer.Outcome);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task CallAsync_NobodyListens_IsTransient()
    {
        using var nobody = new ClosedPort();
        await using ServiceProvider provider = Host(nobody.Url);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal((HarmonyOutcome.Transient, WebhookFailure.NotReceived), (answer.Outcome, answer.Result.Failure));
        Assert.Equal(3, answer.Result.Attempts.Count);
    }

    [Fact]
    public async Task CallAsync_APrivateBaseUrl_IsAllowedBecauseTheOperatorConfiguredIt()
    {
        await using var server = LoopbackServer.Start();
        var services = new ServiceCollection();
        services.AddWebhooks().AddHarmony(options => options.BaseUrl = new Uri(server.Url));
        await using ServiceProvider provider = services.BuildServiceProvider();

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.True(answer.Succeeded);
    }

    [Theory]
    [InlineData(false, HarmonyOutcome.AcceptedUnconfirmed)]
    [InlineData(true, HarmonyOutcome.Rejected)]
    public async Task CallAsync_AnAnswerWithoutACode_IsAsTheOptionSays(bool treatUnconfirmedAsRejected, HarmonyOutcome outcome)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "<html>"));
        await using ServiceProvider provider = Host(server.Url, options => options.TreatUnconfirmedAsRejected = treatUnconfirmedAsRejected);

        HarmonyAnswer answer = await Harmony(provider).CallAsync(Refresh);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(answer.Succeeded, answer.Result.Succeeded);
    }

    [Fact]
    public async Task CallAsync_Cancelled_Throws()
    {
        await using ServiceProvider provider = Host("http://127.0.0.1:9");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Harmony(provider).CallAsync(Refresh, new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<ArgumentNullException>("harmonyCall", () => Harmony(provider).CallAsync(null!));
    }

    [Fact]
    public async Task Compose_ACall_BelongsToTheServersEndpoint()
    {
        await using ServiceProvider provider = Host("https://api.divaltocloud.com/123456/TEST1");

        WebhookRequest request = Harmony(provider).Compose(Refresh);

        Assert.Equal(
            $"https://api.divaltocloud.com/123456/TEST1/api/v1/WebHook/{Code}?dos=998&refreshCustomer=C0000001", request.Url.AbsoluteUri);
        Assert.Equal(("harmony", true), (request.Endpoint!.Name, request.Endpoint.Trusted));
        Assert.Equal("https://api.divaltocloud.com/123456/TEST1/api/v1/WebHook", request.Endpoint.Url.AbsoluteUri);
        Assert.False(request.IsIdempotent);
        Assert.True(Harmony(provider).Compose(Refresh.AsIdempotent()).IsIdempotent);
        Assert.Same(request.Endpoint, Harmony(provider).Compose(Refresh).Endpoint);
        Assert.NotEqual(request.Id, Harmony(provider).Compose(Refresh).Id);
    }

    [Theory]
    [InlineData("http://localhost:8080/DhsDivaltoServiceDivaApiRest", "api/v1/Webhook", "http://localhost:8080/DhsDivaltoServiceDivaApiRest/api/v1/Webhook")]
    [InlineData("http://localhost:8080/Dhs/", "/api/v1/WebHook/", "http://localhost:8080/Dhs/api/v1/WebHook")]
    [InlineData("http://localhost:8080/Dhs/API/v1/webhook", "api/v1/WebHook", "http://localhost:8080/Dhs/API/v1/webhook")]
    [InlineData("http://localhost:8080/Dhs/api/v1/Webhook//", "api/v1/WebHook", "http://localhost:8080/Dhs/api/v1/Webhook")]
    [InlineData("http://localhost:8080/api/v1/webhook", "api/v1/WebHook", "http://localhost:8080/api/v1/webhook")]
    [InlineData("http://localhost:8080/myapi/v1/webhook", "api/v1/WebHook", "http://localhost:8080/myapi/v1/webhook/api/v1/WebHook")]
    [InlineData("http://localhost:8080/hooks", "", "http://localhost:8080/hooks")]
    [InlineData("https://host.example:443", "api/v1/WebHook", "https://host.example/api/v1/WebHook")]
    public async Task Compose_ABaseUrl_LeadsToTheService(string baseUrl, string servicePath, string expected)
    {
        await using ServiceProvider provider = Host(baseUrl, options => options.ServicePath = servicePath);

        WebhookRequest request = Harmony(provider).Compose(HarmonyCall.To("ABC"));

        Assert.Equal(expected + "/ABC", request.Url.AbsoluteUri);
    }

    private static IHarmonyClient Harmony(ServiceProvider provider) => provider.GetRequiredService<IHarmonyClient>();

    private static ServiceProvider Host(string baseUrl, Action<HarmonyOptions>? configure = null, TimeProvider? time = null) =>
        TestHost.Create(builder =>
        {
            builder.Services.AddSingleton(time ?? new HarmonyTestTime());
            builder.AddHarmony(options => options.BaseUrl = new Uri(baseUrl));
            builder.Services.Configure<HarmonyOptions>(options => configure?.Invoke(options));
        });
}
