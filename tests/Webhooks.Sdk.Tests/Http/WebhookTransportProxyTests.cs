using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class WebhookTransportProxyTests
{
    [Fact]
    public async Task SendAsync_ProxyOfTheEnvironment_IsIgnored()
    {
        await using RawServer environment = RawServer.Answering(Ok);
        await using RawServer server = RawServer.Answering(Ok);
        using var transport = new WebhookTransport(LoopbackAllowed, Resolves("127.0.0.1"));
        using var plain = new SocketsHttpHandler();
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyForOneHost("environment-proxy.example", new Uri($"http://127.0.0.1:{environment.Port}"));

        try
        {
            await SendAsync(plain, Get(server.Url("environment-proxy.example")));
            await SendAsync(transport, Get(server.Url("environment-proxy.example")));
            await SendAsync(transport, Get(server.Url("environment-proxy.example"), trusted: true));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        // One request, the plain handler's, shows that the proxy was in force.
        Assert.Single(environment.Requests);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_ProxySet_HandsThePublicHostToTheProxy()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        using WebhookTransport transport = Proxied(proxy, new WebhookOptions(), "1.1.1.1");

        string answer = await SendAsync(transport, Get(new Uri("http://receiver.example/hook")));

        Assert.Equal("ok", answer);
        Assert.StartsWith("GET http://receiver.example/hook HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://receiver.example/path-secret")]
    [InlineData("https://receiver.example/path-secret")]
    [InlineData("http://127.0.0.1/path-secret")]
    [InlineData("http://①②⑦.⓪.⓪.①/path-secret")]
    [InlineData("http://[fe80::1%25lo]/path-secret")]
    public async Task SendAsync_ProxySet_RefusesAPrivateHostBeforeTheProxySeesIt(string url)
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        using WebhookTransport transport = Proxied(proxy, new WebhookOptions(), "1.1.1.1", "10.99.88.77");
        using AttemptRequest request = Get(new Uri(url));

        BlockedAddressException exception = await Assert.ThrowsAsync<BlockedAddressException>(() => SendAsync(transport, request));

        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("10.99", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, proxy.Connections);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_ProxySetAndConnectionPooled_JudgesEachRequest()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        int lookUps = 0;
        using var transport = new WebhookTransport(
            new WebhookOptions { Proxy = new Uri($"http://127.0.0.1:{proxy.Port}") },
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(lookUps++ == 0 ? "1.1.1.1" : "10.0.0.1")]));

        await SendAsync(transport, Get(new Uri("http://receiver.example/")));

        await Assert.ThrowsAsync<BlockedAddressException>(() => SendAsync(transport, Get(new Uri("http://receiver.example/"))));
        Assert.Single(proxy.Requests);
    }

    [Fact]
    public async Task SendAsync_ProxySet_TakesNoWayAroundItForLoopback()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        await using RawServer server = RawServer.Answering(Ok);
        using WebhookTransport transport = Proxied(proxy, LoopbackAllowed, "127.0.0.1");

        await SendAsync(transport, Get(server.Url("127.0.0.1")));
        await SendAsync(transport, Get(server.Url("localhost")));

        Assert.Equal(2, proxy.Requests.Count);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task SendAsync_ProxySetAndTrusted_GoesThroughItUnjudged()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        using WebhookTransport transport = Proxied(proxy, new WebhookOptions(), "10.0.0.1");

        await SendAsync(transport, Get(new Uri("http://crm.internal/"), trusted: true));

        Assert.StartsWith("GET http://crm.internal/ ", Assert.Single(proxy.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ProxySetAndHostAllowed_LooksNothingUp()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        var options = new WebhookOptions
        {
            Proxy = new Uri($"http://127.0.0.1:{proxy.Port}"),
            AllowedHosts = { "known-to-the-proxy.example" },
            AllowedPorts = { 80 },
        };
        using var transport = new WebhookTransport(options, (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        await SendAsync(transport, Get(new Uri("http://known-to-the-proxy.example/")));

        Assert.Single(proxy.Requests);
        await Assert.ThrowsAsync<BlockedAddressException>(() => SendAsync(transport, Get(new Uri("http://known-to-the-proxy.example:81/"))));
    }

    [Fact]
    public async Task SendAsync_ProxySetAndNameUnknown_IsANameResolutionErrorAndUnsent()
    {
        await using RawServer proxy = RawServer.Answering(Ok);
        using WebhookTransport transport = Proxied(proxy, new WebhookOptions());
        using AttemptRequest request = Get(new Uri("http://receiver.example/path-secret"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.NameResolutionError, exception.HttpRequestError);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_ProxySetAndHttps_AsksForATunnelAndIsUnsentWhenRefused()
    {
        await using RawServer proxy = RawServer.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        using WebhookTransport transport = Proxied(proxy, new WebhookOptions(), "1.1.1.1");
        using AttemptRequest request = Get(new Uri("https://receiver.example/path-secret"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.ProxyTunnelError, exception.HttpRequestError);
        Assert.StartsWith("CONNECT receiver.example:443 HTTP/1.1\r\n", Assert.Single(proxy.Requests), StringComparison.Ordinal);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Theory]
    [InlineData("user:p%40ss", "user:p@ss")]
    [InlineData("user", "user:")]
    public async Task SendAsync_ProxyWithCredentials_SendsThemWhenAsked(string userInfo, string expected)
    {
        await using RawServer proxy = RawServer.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                bool authorized = request.Contains("Proxy-Authorization", StringComparison.Ordinal);
                await connection.WriteAsync(authorized
                    ? Ok
                    : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
            }
        });
        var options = new WebhookOptions { Proxy = new Uri($"http://{userInfo}@127.0.0.1:{proxy.Port}") };
        using var transport = new WebhookTransport(options, Resolves("1.1.1.1"));

        await SendAsync(transport, Get(new Uri("http://receiver.example/")));

        string header = "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(expected));
        Assert.Contains(proxy.Requests, request => request.Contains(header, StringComparison.Ordinal));
    }

    private static WebhookTransport Proxied(RawServer proxy, WebhookOptions options, params string[] addresses)
    {
        options.Proxy = new Uri($"http://127.0.0.1:{proxy.Port}");

        return new WebhookTransport(options, Resolves(addresses));
    }
}
