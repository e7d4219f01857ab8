using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class CertificatePoolsTests
{
    [Fact]
    public void Get_SameCertificate_GivesTheSamePoolWhateverTheInstance()
    {
        using var certificate = TestCertificates.Create("a");
        using X509Certificate2 loadedAgain = TestCertificates.WithoutKey(certificate);
        using var pools = new CertificatePools(CreatePool);

        HttpMessageInvoker pool = pools.Get(certificate, isTrusted: false);

        Assert.Same(pool, pools.Get(certificate, isTrusted: false));
        Assert.Same(pool, pools.Get(loadedAgain, isTrusted: false));
    }

    [Fact]
    public void Get_AnotherCertificateOrTrust_GivesAPoolOfItsOwn()
    {
        using var one = TestCertificates.Create("a");
        using var other = TestCertificates.Create("a");
        using var pools = new CertificatePools(CreatePool);

        HttpMessageInvoker[] got = [pools.Get(one, isTrusted: false), pools.Get(one, isTrusted: true), pools.Get(other, isTrusted: false)];

        Assert.Equal(3, got.Distinct().Count());
    }

    [Fact]
    public void Get_MoreThanAreKept_ForgetsTheOneThatWasNotUsedForLongest()
    {
        X509Certificate2[] certificates = [.. Enumerable.Range(0, CertificatePools.Most + 1).Select(i => TestCertificates.Create($"c{i}"))];
        using var pools = new CertificatePools(CreatePool);
        HttpMessageInvoker[] first = [.. certificates.SkipLast(1).Select(certificate => pools.Get(certificate, isTrusted: false))];

        pools.Get(certificates[0], isTrusted: false);
        pools.Get(certificates[^1], isTrusted: false);

        Assert.Same(first[0], pools.Get(certificates[0], isTrusted: false));
        Assert.NotSame(first[1], pools.Get(certificates[1], isTrusted: false));
        Array.ForEach(certificates, certificate => certificate.Dispose());
    }

    [Fact]
    public void Dispose_DisposesEveryPool()
    {
        using var certificate = TestCertificates.Create("a");
        List<SocketsHttpHandler> handlers = [];
        var pools = new CertificatePools((_, _) =>
        {
            handlers.Add(new SocketsHttpHandler());
            return new HttpMessageInvoker(handlers[^1]);
        });
        pools.Get(certificate, isTrusted: false);
        pools.Get(certificate, isTrusted: true);

        pools.Dispose();

        Assert.Equal(2, handlers.Count);
        Assert.All(handlers, handler => Assert.Throws<ObjectDisposedException>(() => handler.MaxConnectionsPerServer = 1));
    }

    private static HttpMessageInvoker CreatePool(X509Certificate2 certificate, bool isTrusted) => new(new SocketsHttpHandler());
}
