using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// What an answer can not make the transport do.
/// </summary>
public sealed class WebhookTransportAnswerTests
{
    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        await using RawServer server = RawServer.Answering("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        using var transport = new WebhookTransport(LoopbackAllowed);
        using var invoker = new HttpMessageInvoker(transport, disposeHandler: false);

        using HttpResponseMessage response = await invoker.SendAsync(Get(server.Url("127.0.0.1")), default);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("401 Unauthorized", "WWW-Authenticate")]
    [InlineData("407 Proxy Authentication Required", "Proxy-Authenticate")]
    public async Task SendAsync_Challenge_IsNotAnswered(string status, string header)
    {
        await using RawServer server = RawServer.Answering($"HTTP/1.1 {status}\r\n{header}: Negotiate\r\n{header}: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
        using var transport = new WebhookTransport(LoopbackAllowed);

        await SendAsync(transport, Get(server.Url("127.0.0.1")));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_CookieSet_IsNotSentBack()
    {
        await using RawServer server = RawServer.Answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n");
        using var transport = new WebhookTransport(LoopbackAllowed);

        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        await SendAsync(transport, Get(server.Url("127.0.0.1")));

        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain(server.Requests, request => request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SendAsync_CompressedAnswer_StaysCompressed()
    {
        await using RawServer server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzzzz");
        using var transport = new WebhookTransport(LoopbackAllowed);

        string answer = await SendAsync(transport, Get(server.Url("127.0.0.1")));

        Assert.Equal("zzzz", answer);
        Assert.DoesNotContain("Accept-Encoding", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(33, false)]
    public async Task SendAsync_AnswerHeaders_AreCappedAt32KiB(int kibibytes, bool accepted)
    {
        string filler = new StringBuilder().Insert(0, "x: " + new string('y', 1019) + "\r\n", kibibytes).ToString();
        await using RawServer server = RawServer.Answering("HTTP/1.1 200 OK\r\n" + filler + "Content-Length: 2\r\n\r\nok");
        using var transport = new WebhookTransport(LoopbackAllowed);

        Task<string> sending = SendAsync(transport, Get(server.Url("127.0.0.1")));

        if (accepted)
        {
            Assert.Equal("ok", await sending);
        }
        else
        {
            HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => sending);
            Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, exception.HttpRequestError);
        }
    }

    [Fact]
    public async Task SendAsync_AnswerNotReadToItsEnd_IsNotDrained()
    {
        await using RawServer server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n" + new string('x', 40_000));
        using var transport = new WebhookTransport(LoopbackAllowed);
        using var invoker = new HttpMessageInvoker(transport, disposeHandler: false);

        (await invoker.SendAsync(Get(server.Url("127.0.0.1")), default)).Dispose();
        (await invoker.SendAsync(Get(server.Url("127.0.0.1")), default)).Dispose();

        Assert.Equal(2, server.Connections);
    }
}
