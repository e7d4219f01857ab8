using System.Net.Http;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// A request is written at most once for each attempt, also where the runtime would write it again.
/// </summary>
public sealed class WebhookTransportOnceTests
{
    [Fact]
    public async Task SendAsync_PlainRuntimeHandler_RepeatsARequestThatWasRead()
    {
        // The trap itself. Should a newer runtime lose it, AtMostOnceStream can go.
        await using RawServer server = AnsweringOnceThenClosing();
        using var handler = new SocketsHttpHandler { UseProxy = false };
        await SendAsync(handler, Get(server.Url("127.0.0.1")));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(handler, Get(server.Url("127.0.0.1"))));

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal(1 + 4, server.Requests.Count);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    public async Task SendAsync_PooledConnectionClosedAfterTheRequest_WritesItOnce(string method)
    {
        await using RawServer server = AnsweringOnceThenClosing();
        using var transport = new WebhookTransport(LoopbackAllowed);
        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        using var request = new AttemptRequest(new HttpMethod(method), server.Url("127.0.0.1"));
        request.Headers.TryAddWithoutValidation("User-Agent", "test");

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(1, server.Connections);
        Assert.False(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_FreshConnectionClosedAfterTheRequest_WritesItOnce()
    {
        await using RawServer server = RawServer.Start(connection => connection.ReadRequestAsync());
        using var transport = new WebhookTransport(LoopbackAllowed);

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, Get(server.Url("127.0.0.1"))));

        Assert.Single(server.Requests);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_ExpectContinueAndClose_WritesItOnce()
    {
        await using RawServer server = RawServer.Start(async connection =>
        {
            byte[] head = new byte[4096];
            int count = await connection.Stream.ReadAsync(head);
            Assert.NotEqual(0, count);
        });
        using var transport = new WebhookTransport(LoopbackAllowed);
        using AttemptRequest request = Get(server.Url("127.0.0.1"));
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[2000]);

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_AnswerThatEndsWithTheConnection_IsReadToItsEnd()
    {
        await using RawServer server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.0 200 OK\r\n\r\nuntil the end");
        });
        using var transport = new WebhookTransport(LoopbackAllowed);

        string answer = await SendAsync(transport, Get(server.Url("127.0.0.1")));

        Assert.Equal("until the end", answer);
    }

    [Fact]
    public async Task SendAsync_ConnectionClosedWhileResting_UsesAnother()
    {
        var closed = new TaskCompletionSource();
        await using RawServer server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(Ok);

            if (connection.Number == 1)
            {
                connection.Reset();
                closed.SetResult();
            }
        });
        using var transport = new WebhookTransport(LoopbackAllowed);
        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        await closed.Task;

        string answer = await SendUntilAnsweredAsync(transport, server);

        Assert.Equal("ok", answer);
        Assert.Equal(2, server.Requests.Count);
    }

    /// <summary>The close may arrive while a request is about to be written; that is reported as surely unsent, and only that is repeated.</summary>
    private static async Task<string> SendUntilAnsweredAsync(WebhookTransport transport, RawServer server)
    {
        while (true)
        {
            using AttemptRequest request = Get(server.Url("127.0.0.1"));

            try
            {
                return await SendAsync(transport, request);
            }
            catch (HttpRequestException exception) when (request.IsSurelyUnsent(exception))
            {
                continue;
            }
        }
    }

    private static RawServer AnsweringOnceThenClosing() => RawServer.Start(async connection =>
    {
        await connection.ReadRequestAsync();

        if (connection.Number == 1)
        {
            await connection.WriteAsync(Ok);
            await connection.ReadRequestAsync();
        }
    });
}
