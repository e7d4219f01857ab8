using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class WebhookTransportTlsTests
{
    private const string Host = "receiver.example";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_CertificateNobodyVouchesFor_SendsNothing(bool trusted)
    {
        using X509Certificate2 certificate = SelfSigned();
        await using RawServer server = RawServer.Start(connection => connection.ReadRequestAsync(), certificate);
        using var transport = new WebhookTransport(LoopbackAllowed, Resolves("127.0.0.1"));
        using AttemptRequest request = Get(new Uri($"https://{Host}:{server.Port}/"), trusted);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        Assert.IsType<AuthenticationException>(exception.InnerException);
        Assert.Empty(server.Requests);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_Hello_OffersTls12And13AndNoHttp2()
    {
        var hello = new TaskCompletionSource<byte[]>();
        await using RawServer server = RawServer.Start(async connection =>
        {
            byte[] header = new byte[5];
            await connection.Stream.ReadExactlyAsync(header);
            byte[] record = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3))];
            await connection.Stream.ReadExactlyAsync(record);
            hello.SetResult(record);
        });
        using var transport = new WebhookTransport(LoopbackAllowed, Resolves("127.0.0.1"));

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, Get(new Uri($"https://{Host}:{server.Port}/"))));

        Dictionary<int, byte[]> extensions = ExtensionsOf(await hello.Task);
        byte[] versions = extensions[43];
        Assert.Equal(new byte[] { 4, 3, 4, 3, 3 }, versions);
        Assert.DoesNotContain("h2", Encoding.Latin1.GetString(extensions.GetValueOrDefault(16, [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_TlsConnectionClosedAfterTheRequest_WritesItOnce()
    {
        using X509Certificate2 certificate = SelfSigned();
        await using RawServer server = RawServer.Start(
            async connection =>
            {
                await connection.ReadRequestAsync();
                await connection.WriteAsync(Ok);
                await connection.ReadRequestAsync();

                // Says goodbye in TLS as well: the wire still carries bytes, the plain text ends.
                await ((SslStream)connection.Stream).ShutdownAsync();
            },
            certificate);
        using SocketsHttpHandler pool = PoolThatTrusts(certificate, new WebhookOptions());
        var url = new Uri($"https://{Host}:{server.Port}/");
        await SendAsync(pool, Get(url));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(pool, Get(url)));

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_TunnelClosedAfterTheRequest_WritesItOnce()
    {
        using X509Certificate2 certificate = SelfSigned();
        await using RawServer proxy = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n");
            await using RawConnection tunnel = await connection.StartTlsAsync(certificate);
            await tunnel.ReadRequestAsync();
            await tunnel.WriteAsync(Ok);
            await tunnel.ReadRequestAsync();
        });
        using SocketsHttpHandler pool = PoolThatTrusts(certificate, new WebhookOptions { Proxy = new Uri($"http://127.0.0.1:{proxy.Port}") });
        var url = new Uri($"https://{Host}/");

        string answer = await SendAsync(pool, Get(url));
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(pool, Get(url)));

        Assert.Equal("ok", answer);
        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal(["CONNECT", "GET", "GET"], proxy.Requests.Select(request => request.Split(' ')[0]));
    }

    private static SocketsHttpHandler PoolThatTrusts(X509Certificate2 certificate, WebhookOptions options)
    {
        SocketsHttpHandler pool = SocketPool.Create(new SocketConnector(guard: null, options.ConnectTimeout, Resolves("127.0.0.1")), options);
        pool.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };

        return pool;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    /// <summary>RFC 8446 section 4.1.2: type 1, length 3, version 2, random 32, session id, cipher suites, compression, extensions.</summary>
    private static Dictionary<int, byte[]> ExtensionsOf(ReadOnlySpan<byte> hello)
    {
        int at = 1 + 3 + 2 + 32;
        at += 1 + hello[at];
        at += 2 + BinaryPrimitives.ReadUInt16BigEndian(hello[at..]);
        at += 1 + hello[at];
        ReadOnlySpan<byte> rest = hello[(at + 2)..];
        Dictionary<int, byte[]> extensions = [];

        while (rest.Length > 0)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            extensions[BinaryPrimitives.ReadUInt16BigEndian(rest)] = rest.Slice(4, length).ToArray();
            rest = rest[(4 + length)..];
        }

        return extensions;
    }
}
