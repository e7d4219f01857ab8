using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Makes the socket pools of the transport: HTTP/1.1, no redirects, no cookies, no decompression, nothing taken from the environment.
/// </summary>
internal static class SocketPool
{
    /// <summary>
    /// A pool whose connections <paramref name="connector"/> opens. It opens none before its first request.
    /// </summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="options">The proxy and the time to connect.</param>
    /// <param name="clientCertificate">What every TLS handshake of the pool presents, or null.</param>
    public static SocketsHttpHandler Create(SocketConnector connector, WebhookOptions options, X509Certificate2? clientCertificate = null)
    {
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,

            // Without an explicit choice the runtime would take the proxy of HTTP_PROXY, and the connector would judge the proxy's address.
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : CreateProxy(options.Proxy),

            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = connector.ConnectAsync,
            PlaintextStreamFilter = FilterAsync,

            // The only sign the runtime gives of which request it begins to write. Null leaves the header as it is.
            RequestHeaderEncodingSelector = MarkWriting,

            // A receiver that moves is followed within two minutes.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),

            // Half of what load balancers commonly wait (60 s), so that we close a resting connection before they do.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),

            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 0,

            // The runtime's own span holds the whole URL.
            ActivityHeadersPropagator = null,

            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

                // A context, unlike a collection, presents the certificate whatever issuers the receiver names. Offline: no downloads of issuers.
                ClientCertificateContext = clientCertificate is null
                    ? null
                    : SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true),
            },
        };
    }

    private static WebProxy CreateProxy(Uri proxy)
    {
        var webProxy = new WebProxy(proxy);

        if (proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, ..] parts)
        {
            string password = parts.Length == 2 ? parts[1] : string.Empty;
            webProxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password));
        }

        return webProxy;
    }

    private static ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new AtMostOnceStream(context.PlaintextStream));

    private static Encoding? MarkWriting(string header, HttpRequestMessage request)
    {
        (request as AttemptRequest)?.MarkWriting();

        return null;
    }
}
