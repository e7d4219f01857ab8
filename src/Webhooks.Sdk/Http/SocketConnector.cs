using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Opens the connections of a pool: looks the host up, lets the guard judge every address, and dials only what it judged.
/// </summary>
/// <remarks>
/// The name is looked up once per connection and the dialled address comes from that very answer, so a name that changes its address
/// between check and use (DNS rebinding) gains nothing. Without a guard nothing is judged: for the operator's own endpoints and for a proxy.
/// Safe for use by many threads.
/// </remarks>
/// <param name="guard">Judges hosts and addresses; null trusts them all.</param>
/// <param name="connectTimeout">What the pool grants for a connection; each address but the last gets an equal share of it.</param>
/// <param name="resolve">Looks a name up; null is the system's resolver.</param>
/// <param name="dial">Opens a connection to one address; null is a TCP socket.</param>
internal sealed class SocketConnector(
    AddressGuard? guard,
    TimeSpan connectTimeout,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null,
    Func<IPEndPoint, CancellationToken, ValueTask<Stream>>? dial = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;
    private readonly Func<IPEndPoint, CancellationToken, ValueTask<Stream>> _dial = dial ?? DialAsync;

    /// <summary>
    /// The <see cref="SocketsHttpHandler.ConnectCallback"/> of a pool.
    /// </summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    /// <summary>
    /// Connects to the first address that answers.
    /// </summary>
    /// <exception cref="BlockedAddressException">The guard refuses the host.</exception>
    /// <exception cref="SocketException">The host has no address, or none of them answers. The message holds no address.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveAsync(host, port, cancellationToken).ConfigureAwait(false);
        TimeSpan share = connectTimeout / addresses.Length;

        for (int i = 0; i < addresses.Length - 1; i++)
        {
            if (await TryDialAsync(new IPEndPoint(addresses[i], port), share, cancellationToken).ConfigureAwait(false) is { } stream)
            {
                return stream;
            }
        }

        return await _dial(new IPEndPoint(addresses[^1], port), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Looks the host up and has it judged. An address as host is not looked up but judged all the same.
    /// </summary>
    /// <returns>At least one address, each of which may be dialled.</returns>
    /// <exception cref="BlockedAddressException">The guard refuses the host.</exception>
    /// <exception cref="SocketException">The host has no address.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        guard?.CheckHost(host, port);

        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal)
            ? [literal]
            : await LookUpAsync(host, cancellationToken).ConfigureAwait(false);

        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        guard?.CheckAddresses(host, addresses);

        return addresses;
    }

    /// <summary>
    /// Has a host judged that somebody else will dial. The name of an allowed host is not looked up: it need not be known here.
    /// </summary>
    /// <exception cref="BlockedAddressException">The guard refuses the host.</exception>
    /// <exception cref="SocketException">The host has no address.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask JudgeAsync(string host, int port, CancellationToken cancellationToken)
    {
        guard?.CheckHost(host, port);

        if (guard?.IsAllowedHost(host) == false)
        {
            await ResolveAsync(host, port, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // The system's resolver cannot always be interrupted; waiting for it can.
            return await _resolve(host, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // What the resolver says of names that no DNS could hold, for example of more than 255 characters.
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    private async ValueTask<Stream?> TryDialAsync(IPEndPoint endPoint, TimeSpan share, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(share);

        try
        {
            return await _dial(endPoint, limited.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();

            return null;
        }
    }

    private static async ValueTask<Stream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
