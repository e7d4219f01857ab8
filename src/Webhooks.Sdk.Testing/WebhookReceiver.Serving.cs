using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <content>Accepts connections, and ends them.</content>
public sealed partial class WebhookReceiver
{
    /// <summary>
    /// Stops listening, ends every connection, and waits until all is over. What was recorded can still be read.
    /// </summary>
    /// <returns>A task that ends when nothing of the receiver is left.</returns>
    /// <exception cref="WebhookReceiverException">
    /// A function of the script threw, or a client did not speak HTTP, and the test has not been told so yet.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
        _certificates?.Dispose();

        var disposed = new ObjectDisposedException(nameof(WebhookReceiver));
        _requestCount.Fail(disposed);
        _connectionCount.Fail(disposed);
        _endedCount.Fail(disposed);
        ThrowIfFailed();
    }

    internal ScriptTurn Take() => _script.Take();

    internal ScriptTurn? TakeOnAccept() => _script.TakeOnAccept();

    internal ReceivedRequest Record(RequestHead head, byte[] body, bool isComplete, int connection)
    {
        var request = new ReceivedRequest(head, body, isComplete, TimeProvider.GetUtcNow(), connection);
        ImmutableInterlocked.Update(ref _requests, static (requests, request) => requests.Add(request), request);
        _requestCount.Add();

        return request;
    }

    internal void Fail(WebhookReceiverException failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, comparand: null) is null)
        {
            _requestCount.Fail(failure);
            _connectionCount.Fail(failure);
            _endedCount.Fail(failure);
        }
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();

        while (await AcceptNextAsync().ConfigureAwait(false) is { } socket)
        {
            _connectionCount.Add();
            serving.RemoveAll(static task => task.IsCompleted);
            serving.Add(ServeAsync(new ReceiverConnection(this, socket, _connectionCount.Count)));
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
    }

    /// <returns>The next connection, or null when there will be none.</returns>
    private async Task<Socket?> AcceptNextAsync()
    {
        while (true)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(Stopping).ConfigureAwait(false);
                socket.NoDelay = true;
                return socket;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The client went away before it was accepted.
            }
            catch (SocketException exception)
            {
                Fail(new WebhookReceiverException($"The receiver can accept no more connections: {exception.SocketErrorCode}.", exception));
                return null;
            }
        }
    }

    private async Task ServeAsync(ReceiverConnection connection)
    {
        using (connection)
        {
            await Task.Run(connection.RunAsync).ConfigureAwait(false);
        }

        _endedCount.Add();
    }

    /// <summary>Tells the test of a failure, once.</summary>
    private void ThrowIfFailed()
    {
        if (Interlocked.Exchange(ref _failure, value: null) is { } failure)
        {
            throw failure;
        }
    }
}
