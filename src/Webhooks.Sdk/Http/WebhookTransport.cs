using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The innermost handler of our HTTP client: sends each request through the guarded or the trusted pool of sockets.
/// </summary>
/// <remarks>
/// <para>
/// Only an <see cref="AttemptRequest"/> that says so is trusted; every other message is guarded. The pools share no connection, because
/// the guard judges when a connection opens and not when it is used again. Each client certificate has pools of its own, because a connection stays with
/// the certificate it was opened with.
/// </para>
/// <para>
/// Requests go out as HTTP/1.1 and at most once: what the runtime would repeat by itself ends here as an error. HTTP/2 would undo that
/// (the runtime repeats refused streams), and HTTP/3 would pass the guard by, so neither is negotiated.
/// </para>
/// <para>Reads the options once, when made. Safe for use by many threads.</para>
/// </remarks>
internal sealed class WebhookTransport : HttpMessageHandler
{
    private readonly SocketConnector _judge;
    private readonly HttpMessageInvoker _guarded;
    private readonly HttpMessageInvoker _trusted;
    private readonly CertificatePools _certified;
    private readonly bool _hasProxy;

    /// <param name="options">The address rules, the proxy and the time to connect.</param>
    /// <param name="resolve">Looks a host name up; null is the system's resolver.</param>
    /// <param name="dial">Opens a connection to one address; null is a TCP socket.</param>
    /// <exception cref="ArgumentException">An allowed network is not CIDR text, or an allowed host is not a host name.</exception>
    public WebhookTransport(
        WebhookOptions options,
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null,
        Func<IPEndPoint, CancellationToken, ValueTask<Stream>>? dial = null)
    {
        _judge = new SocketConnector(new AddressGuard(options), options.ConnectTimeout, resolve, dial);
        _hasProxy = options.Proxy is not null;

        var unguarded = new SocketConnector(guard: null, options.ConnectTimeout, resolve, dial);

        // With a proxy the pool connects to the proxy, which is the operator's; the receiver is judged before each request.
        _guarded = new HttpMessageInvoker(SocketPool.Create(_hasProxy ? unguarded : _judge, options));
        _trusted = new HttpMessageInvoker(SocketPool.Create(unguarded, options));
        _certified = new CertificatePools((certificate, isTrusted) =>
            new HttpMessageInvoker(SocketPool.Create(isTrusted || _hasProxy ? unguarded : _judge, options, certificate)));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        var attempt = request as AttemptRequest;
        attempt?.MarkWaiting();

        bool isTrusted = attempt is { Trusted: true };
        HttpMessageInvoker pool = attempt?.ClientCertificate is { } certificate
            ? _certified.Get(certificate, isTrusted)
            : isTrusted ? _trusted : _guarded;

        return _hasProxy && !isTrusted ? JudgeAndSendAsync(request, pool, cancellationToken) : pool.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _guarded.Dispose();
            _trusted.Dispose();
            _certified.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> JudgeAndSendAsync(
        HttpRequestMessage request, HttpMessageInvoker pool, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } url)
        {
            throw new InvalidOperationException("The request has no absolute URL.");
        }

        try
        {
            await _judge.JudgeAsync(url.IdnHost, url.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{exception.Message} ({url.IdnHost})", exception);
        }

        return await pool.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
