using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Judges a subscriber's URL when it is given, by the rules that every attempt is judged by again: a courtesy to whoever subscribes, and no protection.
/// </summary>
/// <remarks>
/// A host that resolves to nothing is refused like one that resolves to a private address: an answer that told them apart would tell a stranger which names
/// there are inside. Reads the options once. Thread-safe.
/// </remarks>
internal sealed class CallbackScreen(IOptions<WebhookOptions> options, TimeProvider timeProvider)
{
    private readonly Lazy<SocketConnector> _judge = new(() => new SocketConnector(new AddressGuard(options.Value), options.Value.ConnectTimeout));

    public async ValueTask<bool> LetsPassAsync(Uri url, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.ConnectTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            await _judge.Value.JudgeAsync(url.IdnHost, url.Port, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is BlockedAddressException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
