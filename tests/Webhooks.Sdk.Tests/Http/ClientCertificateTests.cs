using System;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class ClientCertificateTests
{
    [Fact]
    public async Task SocketPool_WithACertificate_PresentsItInTheHandshake()
    {
        using var own = TestCertificates.Create("acme");
        using var receivers = TestCertificates.Create("localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string?> presented = ServeAsync(listener, receivers);
        using SocketsHttpHandler pool = SocketPool.Create(
            new SocketConnector(guard: null, TimeSpan.FromSeconds(5)), new WebhookOptions(), own);

        // Only the test's receiver has a certificate that signs itself.
        pool.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == receivers.Thumbprint;
        using var invoker = new HttpMessageInvoker(pool);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        using HttpResponseMessage answer = await invoker.SendAsync(request, CancellationToken.None);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(own.Thumbprint, await presented);
    }

    [Fact]
    public async Task WebhookTransport_RequestsOfTwoCertificates_UsePoolsOfTheirOwn()
    {
        using var one = TestCertificates.Create("one");
        using var other = TestCertificates.Create("other");
        int connections = 0;
        using var transport = new WebhookTransport(new WebhookOptions { AllowLoopback = true }, (_, _) =>
        {
            Interlocked.Increment(ref connections);
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        await using var server = LoopbackServer.Start(200);
        using var invoker = new HttpMessageInvoker(transport);

        // Plain http shows the pools without a handshake; endpoints refuse it.
        foreach (X509Certificate2? certificate in new[] { one, other, one, null, other })
        {
            using var request = new AttemptRequest(HttpMethod.Get, new Uri($"http://receiver.example:{server.Port}/")) { ClientCertificate = certificate };
            using HttpResponseMessage answer = await invoker.SendAsync(request, CancellationToken.None);
            await answer.Content.ReadAsByteArrayAsync();
        }

        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(3, connections);
    }

    private static async Task<string?> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
        });
        string? thumbprint = stream.RemoteCertificate?.GetCertHashString();
        byte[] buffer = new byte[4096];
        _ = await stream.ReadAsync(buffer);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\n\r\n"));
        return thumbprint;
    }
}
