using System;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// A certificate authority of one receiver's, and the certificate it shows. Made in memory, for as long as the receiver lives.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private TestCertificates(X509Certificate2 authority, X509Certificate2 server)
    {
        Authority = authority;
        Server = server;
    }

    /// <summary>Gets the authority's certificate, without its key.</summary>
    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not a certificate.</exception>
    public static TestCertificates Create(ReceiverCertificate kind)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 authority = CreateAuthority(now);

        using X509Certificate2 server = kind switch
        {
            ReceiverCertificate.Valid => Issue(authority, "localhost", now.AddDays(-1), now.AddDays(1)),
            ReceiverCertificate.SelfSigned => Issue(authority: null, "localhost", now.AddDays(-1), now.AddDays(1)),
            ReceiverCertificate.Expired => Issue(authority, "localhost", now.AddDays(-2), now.AddDays(-1)),
            ReceiverCertificate.WrongHost => Issue(authority, "another-host.example", now.AddDays(-1), now.AddDays(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such certificate."),
        };

        // Windows' TLS cannot use a key that lives in memory only; one that was imported it can.
        return new(
            X509CertificateLoader.LoadCertificate(authority.RawData),
            X509CertificateLoader.LoadPkcs12(server.Export(X509ContentType.Pkcs12), password: null));
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }

    public SslServerAuthenticationOptions CreateServerOptions() => new()
    {
        // Offline: nothing is looked up to complete the chain, which has one link.
        ServerCertificateContext = SslStreamCertificateContext.Create(Server, additionalCertificates: null, offline: true),
    };

    private static X509Certificate2 CreateAuthority(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // Of its own name each, or a client that met two of them could take the wrong one for the issuer.
        var request = new CertificateRequest($"CN=Webhooks.Sdk.Testing {Guid.CreateVersion7():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(pathLengthConstraint: 0));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));

        return request.CreateSelfSigned(now.AddDays(-3), now.AddDays(3));
    }

    private static X509Certificate2 Issue(X509Certificate2? authority, string host, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(NamesOf(host));

        if (authority is null)
        {
            return request.CreateSelfSigned(notBefore, notAfter);
        }

        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using X509Certificate2 issued = request.Create(authority, notBefore, notAfter, Guid.CreateVersion7().ToByteArray());

        return issued.CopyWithPrivateKey(key);
    }

    private static X509Extension NamesOf(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);

        if (host == "localhost")
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        return names.Build();
    }
}
