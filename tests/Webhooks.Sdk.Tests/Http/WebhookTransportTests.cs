using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class WebhookTransportTests
{
    [Fact]
    public async Task SendAsync_ByDefault_IsGuarded()
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(new WebhookOptions());

        HttpRequestException attempt = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, Get(server.Url("127.0.0.1"))));
        using var plain = new HttpRequestMessage(HttpMethod.Get, server.Url("localhost"));
        HttpRequestException message = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, plain));

        Assert.NotNull(BlockedAddressException.Find(attempt));
        Assert.NotNull(BlockedAddressException.Find(message));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task SendAsync_Trusted_MayBeAnywhere()
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(new WebhookOptions { AllowedPorts = { 443 } });

        string answer = await SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true));

        Assert.Equal("ok", answer);
    }

    [Fact]
    public async Task SendAsync_GuardedAfterTrusted_SharesNoConnection()
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(LoopbackAllowed);

        await SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true));
        await SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true));
        int trusted = server.Connections;
        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        await SendAsync(transport, Get(server.Url("127.0.0.1")));

        Assert.Equal(1, trusted);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task SendAsync_GuardedAfterTrustedToAPrivateAddress_IsStillRefused()
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(new WebhookOptions());

        await SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true));

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, Get(server.Url("127.0.0.1"))));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_NameThatChangesItsAddress_ReachesNoRefusedOne()
    {
        const string Allowed = "127.0.0.1";
        const string Refused = "127.0.1.1";
        await using RawServer server = RawServer.Answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        int lookUps = 0;
        using var transport = new WebhookTransport(
            new WebhookOptions { AllowedNetworks = { "127.0.0.0/24" } },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(lookUps++ % 2 == 0 ? Allowed : Refused)]));
        int blocked = 0;

        for (int i = 0; i < 20; i++)
        {
            try
            {
                await SendAsync(transport, Get(server.Url("rebinding.example")));
            }
            catch (HttpRequestException exception) when (BlockedAddressException.Find(exception) is not null)
            {
                blocked++;
            }
        }

        Assert.Equal(10, blocked);
        Assert.Equal(20, lookUps);
        Assert.Equal(10, server.DialledAddresses.Count);
        Assert.All(server.DialledAddresses, address => Assert.Equal(IPAddress.Parse(Allowed), address));
    }

    [Theory]
    [InlineData("http://①②⑦.⓪.⓪.①:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[fe80::1%25lo]:{0}/")]
    public async Task SendAsync_LoopbackInDisguise_IsBlocked(string format)
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(new WebhookOptions());
        string url = string.Format(CultureInfo.InvariantCulture, format, server.Port);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, Get(new Uri(url))));

        Assert.NotNull(BlockedAddressException.Find(exception));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task SendAsync_AskedForANewerVersion_WritesExactlyHttp11()
    {
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(LoopbackAllowed, Resolves("127.0.0.1"));
        using var request = new AttemptRequest(HttpMethod.Post, server.Url("receiver.example", "/hook?x=1"))
        {
            Version = HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
            Content = new ByteArrayContent("{}"u8.ToArray()),
        };
        request.Headers.TryAddWithoutValidation("webhook-id", "evt_1");

        await SendAsync(transport, request);

        Assert.Equal(
            $"POST /hook?x=1 HTTP/1.1\r\nHost: receiver.example:{server.Port}\r\nwebhook-id: evt_1\r\nContent-Length: 2\r\n\r\n{{}}",
            Assert.Single(server.Requests));
    }

    [Fact]
    public async Task SendAsync_WhileTraced_SendsNoTraceHeadersAndNoSpanWithTheUrl()
    {
        ConcurrentQueue<Activity> stopped = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(LoopbackAllowed);
        using Activity activity = new Activity("caller").Start();

        await SendAsync(transport, Get(server.Url("127.0.0.1", "/secret-7f3a")));

        Assert.DoesNotContain("traceparent", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(stopped, span => span.TagObjects.Any(tag => tag.Value?.ToString()?.Contains("secret-7f3a", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Send_Synchronously_IsNotSupported()
    {
        using var transport = new WebhookTransport(LoopbackAllowed);
        using var invoker = new HttpMessageInvoker(transport, disposeHandler: false);

        Assert.Throws<NotSupportedException>(() => invoker.Send(Get(new Uri("http://127.0.0.1:1/")), default));
    }

    [Fact]
    public async Task Dispose_ClosesTheConnectionsOfBothPools()
    {
        TaskCompletionSource[] closed = [new(), new()];
        await using RawServer server = RawServer.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await connection.WriteAsync(Ok);
            }

            closed[connection.Number - 1].SetResult();
        });
        var transport = new WebhookTransport(LoopbackAllowed);
        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        await SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true));

        transport.Dispose();

        await Task.WhenAll(closed.Select(source => source.Task)).WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(transport, Get(server.Url("127.0.0.1"))));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => SendAsync(transport, Get(server.Url("127.0.0.1"), trusted: true)));
    }
}
