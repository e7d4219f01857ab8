using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class WebhookReceiverTests
{
    // The example of the type's documentation, with time moved by hand.
    [Fact]
    public async Task Example_OfTheDocumentation_Works()
    {
        var pairs = new Dictionary<string, string> { ["name"] = "Ada" };
        var time = new ManualTimeProvider();

        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(503).Then(ReceiverAnswer.Status(200).WithJson("""{"ok":true}"""));

        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddWebhooks(options => options.AllowLoopback = true).Services
            .BuildServiceProvider();
        IWebhookClient webhooks = services.GetRequiredService<IWebhookClient>();
        Task<WebhookResult> sending = webhooks.SendAsync(WebhookRequest.Put(receiver.Url).WithJson(pairs).Build());
        await time.RunDownDelaysAsync(sending, except: Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        IReadOnlyList<ReceivedRequest> requests = await receiver.WaitForRequestsAsync(2);
        requests[1].AssertMethod("PUT").AssertHeader("Content-Type", "application/json").AssertJson("""{"name":"Ada"}""");
    }

    [Fact]
    public async Task Requests_AreRecordedAsTheyAreOnTheWire()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });

        await RawClient.ExchangeAsync(
            receiver, "PoST /a%2Fb/../c?x=%41&y=1+2 HTTP/1.1\r\nhOsT: test\r\nX-Two:  a \r\nx-two:b\r\nConnection: close\r\nContent-Length: 3\r\n\r\n\u00e9=1");

        ReceivedRequest request = receiver.AssertSingleRequest();
        Assert.Equal(("PoST", "/a%2Fb/../c?x=%41&y=1+2"), (request.Method, request.Target));
        Assert.Equal(
            [new("hOsT", "test"), new("X-Two", "a"), new("x-two", "b"), new("Connection", "close"), new("Content-Length", "3")],
            request.Headers.ToArray());
        Assert.Equal([0xE9, (byte)'=', (byte)'1'], request.Body.ToArray());
        Assert.Equal("\ufffd=1", request.Text);
        Assert.Equal((true, time.GetUtcNow(), 1), (request.IsComplete, request.ReceivedAt, request.Connection));
    }

    [Fact]
    public async Task Header_NameInAnyCase_GivesTheOneValue()
    {
        await using var receiver = WebhookReceiver.Start();
        await RawClient.ExchangeAsync(receiver, "GET / HTTP/1.1\r\nX-One: 1\r\nX-Two: a\r\nx-two: b\r\nConnection: close\r\n\r\n");

        ReceivedRequest request = receiver.AssertSingleRequest();

        Assert.Equal("1", request.Header("x-oNE"));
        Assert.Null(request.Header("X-Three"));
        Assert.Contains("2 times: a | b", Assert.Throws<WebhookAssertionException>(() => request.Header("X-Two")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_BodyInChunks_IsRecordedWithoutThem()
    {
        await using var receiver = WebhookReceiver.Start();
        using var client = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new StringContent(new string('a', 100_000)) };
        message.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage answer = await client.SendAsync(message);

        receiver.AssertSingleRequest().AssertHeader("Transfer-Encoding", "chunked").AssertText(new string('a', 100_000));
    }

    [Fact]
    public async Task Requests_ChunksWithExtensionsAndTrailers_AreRead()
    {
        await using var receiver = WebhookReceiver.Start();

        await RawClient.ExchangeAsync(
            receiver, "POST / HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n");

        receiver.AssertSingleRequest().AssertText("abc0123456789");
    }

    [Fact]
    public async Task Requests_ClientWaitsForContinue_IsToldTo()
    {
        await using var receiver = WebhookReceiver.Start();
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync("POST / HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 1\r\n\r\n");
        string interim = await client.ReadAsync("HTTP/1.1 100 Continue\r\n\r\n".Length);
        await client.SendAsync("a");
        string answer = await client.ReadToEndAsync();

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", interim);
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", answer);
        receiver.AssertSingleRequest().AssertText("a");
    }

    [Fact]
    public async Task Requests_ConnectionKeptOpen_CarriesThemAll()
    {
        await using var receiver = WebhookReceiver.Start();
        using var first = new HttpClient();
        using var second = new HttpClient();

        await first.GetStringAsync(new Uri(receiver.Url, "1"));
        await first.GetStringAsync(new Uri(receiver.Url, "2"));
        await second.GetStringAsync(new Uri(receiver.Url, "3"));

        Assert.Equal([("/1", 1), ("/2", 1), ("/3", 2)], receiver.Requests.Select(request => (request.Target, request.Connection)));
        Assert.Equal(2, receiver.Connections);
    }

    [Fact]
    public async Task Requests_SentWithoutWaitingForAnswers_AreAnsweredInTurn()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(200).Then(204);

        string answers = await RawClient.ExchangeAsync(receiver, RawClient.Get + "GET /last HTTP/1.1\r\nConnection: close\r\n\r\n");

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", answers);
        Assert.Equal(["/", "/last"], receiver.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Requests_ClientGoesAwayInTheBody_IsRecordedAsIncomplete()
    {
        await using var receiver = WebhookReceiver.Start();
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
        client.EndSending();
        IReadOnlyList<ReceivedRequest> requests = await receiver.WaitForRequestsAsync(1);

        Assert.Equal((false, "abc"), (requests[0].IsComplete, requests[0].Text));
    }

    [Theory]
    [InlineData("hello\r\n\r\n", "not an HTTP/1 request: hello")]
    [InlineData("GET / HTTP/2\r\n\r\n", "not an HTTP/1 request")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", "no colon")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "Content-Length that is no number: -1")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "size is no number: xyz")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", "more than 64 MiB")]
    public async Task Requests_WhatIsNotHttp_IsToldToTheTestAndTheClientIsReset(string sent, string message)
    {
        await using var receiver = WebhookReceiver.Start();

        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver, sent));
        var exception = await Assert.ThrowsAsync<WebhookReceiverException>(() => receiver.WaitForRequestsAsync(1));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_HeadersWithoutEnd_AreRefused()
    {
        await using var receiver = WebhookReceiver.Start();

        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver, $"GET / HTTP/1.1\r\nX: {new string('a', 200_000)}"));

        await Assert.ThrowsAsync<WebhookReceiverException>(() => receiver.WaitForRequestsAsync(1));
    }

    [Fact]
    public async Task WaitForRequestsAsync_EnoughCame_ReturnsThemAll()
    {
        await using var receiver = WebhookReceiver.Start();
        using var client = new HttpClient();

        Task<IReadOnlyList<ReceivedRequest>> waiting = receiver.WaitForRequestsAsync(2);
        await client.GetStringAsync(receiver.Url);
        bool tooEarly = waiting.IsCompleted;
        await client.GetStringAsync(receiver.Url);

        Assert.False(tooEarly);
        Assert.Equal(2, (await waiting).Count);
        Assert.Equal(2, (await receiver.WaitForRequestsAsync(0)).Count);
    }

    [Fact]
    public async Task WaitForRequestsAsync_TooFewInTime_SaysHowManyCame()
    {
        await using var receiver = WebhookReceiver.Start(new() { WaitTimeout = TimeSpan.FromMilliseconds(1) });

        var exception = await Assert.ThrowsAsync<WebhookAssertionException>(() => receiver.WaitForRequestsAsync(2));

        Assert.Equal("Waited 0.001 s for 2 requests, but only 0 came.", exception.Message);
    }

    [Fact]
    public async Task WaitForRequestsAsync_Cancelled_ThrowsWithTheToken()
    {
        await using var receiver = WebhookReceiver.Start();
        using var cancellation = new CancellationTokenSource();

        Task waiting = receiver.WaitForRequestsAsync(1, cancellation.Token);
        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task WaitForRequestsAsync_ReceiverIsDisposed_EndsAtOnce()
    {
        var receiver = WebhookReceiver.Start();

        Task waiting = receiver.WaitForRequestsAsync(1);
        await receiver.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task WaitForRequestsAsync_NegativeCount_Throws()
    {
        await using var receiver = WebhookReceiver.Start();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("count", () => receiver.WaitForRequestsAsync(-1));
    }

    [Fact]
    public async Task DisposeAsync_ConnectionsUnderWay_EndsThemAndListensNoMore()
    {
        var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Silence());
        using var client = new HttpClient();
        using RawClient idle = await RawClient.ConnectAsync(receiver);
        Task<string> sending = client.GetStringAsync(receiver.Url);
        await receiver.WaitForRequestsAsync(1);

        await receiver.DisposeAsync();
        await receiver.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(receiver));
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public void Start_UnknownCertificate_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("kind", () => { _ = WebhookReceiver.Start(new() { Certificate = (ReceiverCertificate)99 }); });
    }
}
