using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed class SkalinClientTests
{
    private const string Body =
        """{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""";

    private static readonly string TryAgain = LoopbackServer.Response(503, headers: "Retry-After: 0\r\n");

    private static SkalinEvent Activation { get; } =
        SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).WithId("e07595f29f1928y5").Build();

    [Fact]
    public async Task SendAsync_Event_IsWhatTheDocumentShows()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.True(result.Succeeded);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("POST /webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103 HTTP/1.1", received.RequestLine);
        Assert.Equal("application/json", received.Header("Content-Type"));
        Assert.Equal("no-cache", received.Header("Cache-Control"));
        Assert.Equal(Body, received.Text);
        Assert.Equal(
            ["Cache-Control", "Content-Length", "Content-Type", "Host", "User-Agent"],
            received.Headers.Select(header => header.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SendAsync_ReceiverFailsAtFirst_RepeatsTheSameBytes()
    {
        await using var server = LoopbackServer.StartRaw(TryAgain, TryAgain, LoopbackServer.Response(200));
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.True(result.Succeeded);
        Assert.Equal([503, 503, 200], result.Attempts.Select(attempt => attempt.StatusCode));
        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.RequestLine).Distinct());
        Assert.All(server.Requests, request => Assert.Equal(Body, request.Text));
    }

    [Fact]
    public async Task SendAsync_ReceiverIsCalledTooOften_WaitsAsLongAsItAsks()
    {
        await using var server = LoopbackServer.StartRaw(
            LoopbackServer.Response(429, headers: "Retry-After: 0\r\n"), LoopbackServer.Response(200));
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.True(result.Succeeded);
        Assert.Equal([WebhookFailure.Throttled, WebhookFailure.None], result.Attempts.Select(attempt => attempt.Failure));
        Assert.Equal(TimeSpan.Zero, result.Attempts[0].NextDelay);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task SendAsync_ReceiverRefuses_IsNotRepeated(int status)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, """{"status":"error","message":"no"}"""));
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.Equal(WebhookFailure.Rejected, result.Failure);
        Assert.Equal(status, result.StatusCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_AcceptedByStatusButNotByBody_IsRejectedAndKeepsTheMessage()
    {
        const string Answer = """{"status":"error","message":"unknown customer"}""";
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, Answer));
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.Equal(WebhookFailure.Rejected, result.Failure);
        Assert.Equal(200, result.StatusCode);
        Assert.Equal(Answer, result.ResponseText);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_NoAnswerInTime_IsRepeatedBecauseSkalinDropsDuplicates()
    {
        int calls = 0;
        TimeSpan attemptTimeout = new WebhookOptions().AttemptTimeout;
        var time = new ManualTimeProvider();
        await using var server = LoopbackServer.Start((_, stream, cancellationToken) =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                return WriteAsync(stream, LoopbackServer.Response(200), cancellationToken);
            }

            time.Advance(attemptTimeout);
            return LoopbackServer.StaySilentAsync(cancellationToken);
        });
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddSkalin(account => account.Set(server.Url)), time: time);

        Task<WebhookResult> sending = provider.Skalin().SendAsync(Activation);
        await time.RunDownDelaysAsync(sending, except: attemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal([WebhookFailure.TimedOut, WebhookFailure.None], result.Attempts.Select(attempt => attempt.Failure));
        Assert.Equal([Body, Body], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task SendAsync_ConnectionBreaksBeforeTheAnswer_IsRepeatedBecauseSkalinDropsDuplicates()
    {
        int calls = 0;
        await using var server = LoopbackServer.Start((_, stream, cancellationToken) => Interlocked.Increment(ref calls) == 1
            ? Task.FromException(new IOException("reset"))
            : WriteAsync(stream, LoopbackServer.Response(200), cancellationToken));
        await using ServiceProvider provider = Create(server);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.True(result.Succeeded);
        Assert.Equal([WebhookFailure.ConnectionLost, WebhookFailure.None], result.Attempts.Select(attempt => attempt.Failure));
        Assert.Equal([Body, Body], server.Requests.Select(request => request.Text));
    }

    [Fact]
    public async Task SendAsync_OnlyOneAttemptAllowed_IsNotRepeated()
    {
        await using var server = LoopbackServer.StartRaw(TryAgain);
        await using ServiceProvider provider = Create(server, options => options.MaxAttempts = 1);

        WebhookResult result = await provider.Skalin().SendAsync(Activation);

        Assert.Equal(WebhookFailure.ReceiverFailed, result.Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_Cancelled_SaysSo()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = Create(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => provider.Skalin().SendAsync(Activation, new CancellationToken(canceled: true)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_Null_IsRefused()
    {
        await using ServiceProvider provider = Create("https://skalin.invalid");

        await Assert.ThrowsAsync<ArgumentNullException>("skalinEvent", () => provider.Skalin().SendAsync(null!));
    }

    [Fact]
    public async Task Compose_Event_GivesARequestOfTheAccountsEndpoint()
    {
        await using ServiceProvider provider = Create("https://skalin.invalid");

        WebhookRequest request = provider.Skalin().Compose(Activation);

        Assert.Equal("skalin_e07595f29f1928y5", request.Id);
        Assert.Equal("POST", request.Method.Method);
        Assert.Equal("https://skalin.invalid/webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103", request.Url.AbsoluteUri);
        Assert.Equal("application/json", request.MediaType);
        Assert.True(request.IsIdempotent);
        Assert.Equal("skalin", request.Endpoint!.Name);
        Assert.Equal(request.Url, request.Endpoint.Url);
        Assert.True(request.Endpoint.Trusted);
        Assert.Same(SkalinResponseRule.Instance, request.Endpoint.Rule);
    }

    [Fact]
    public async Task Compose_TheSameEventTwice_GivesTheSameRequest()
    {
        await using ServiceProvider provider = Create("https://skalin.invalid");

        WebhookRequest first = provider.Skalin().Compose(Activation);
        WebhookRequest second = provider.Skalin().Compose(Activation);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
        Assert.Same(first.Endpoint, second.Endpoint);
    }

    [Theory]
    [InlineData("https://skalin.invalid/", "https://skalin.invalid/webhook/")]
    [InlineData("https://gateway.invalid/skalin", "https://gateway.invalid/skalin/webhook/")]
    [InlineData("https://gateway.invalid/skalin/", "https://gateway.invalid/skalin/webhook/")]
    [InlineData("http://localhost:8080", "http://localhost:8080/webhook/")]
    public async Task Compose_BaseUrlWithPath_KeepsIt(string baseUrl, string expected)
    {
        await using ServiceProvider provider = Create(baseUrl);

        Assert.StartsWith(expected + "05cb", provider.Skalin().Compose(Activation).Url.AbsoluteUri);
    }

    [Fact]
    public async Task Compose_IdsOfOtherCharacters_AreEscaped()
    {
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddSkalin(account =>
        {
            account.WebhookId = "a b?#é.%";
            account.ClientId = "c/d&e=f+g";
        }));

        Assert.Equal(
            "https://connector.skalin.io/webhook/a%20b%3F%23%C3%A9.%25?client_id=c%2Fd%26e%3Df%2Bg",
            provider.Skalin().Compose(Activation).Url.AbsoluteUri);
    }

    [Fact]
    public async Task ToString_OfEverything_ShowsNoSecret()
    {
        await using ServiceProvider provider = Create("https://skalin.invalid");
        ISkalinClient skalin = provider.Skalin();
        WebhookRequest request = skalin.Compose(Activation);

        Assert.All(
            [$"{skalin}", $"{request}", $"{request.Endpoint}", $"{Activation}", $"{SkalinEvent.For("customer1234")}"],
            text =>
            {
                Assert.DoesNotContain("f92d", text);
                Assert.DoesNotContain("9103", text);
                Assert.DoesNotContain("1234", text);
            });
        Assert.Equal("skalin (https://skalin.invalid)", $"{request.Endpoint}");
    }

    private static Task WriteAsync(Stream stream, string response, CancellationToken cancellationToken) =>
        stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(response), cancellationToken).AsTask();

    private static ServiceProvider Create(LoopbackServer server, Action<WebhookOptions>? options = null) => Create(server.Url, options);

    private static ServiceProvider Create(string baseUrl, Action<WebhookOptions>? options = null) =>
        TestHost.Create(webhooks => webhooks.AddSkalin(account => account.Set(baseUrl)), options);
}
