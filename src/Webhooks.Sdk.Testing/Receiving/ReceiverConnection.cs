using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// One connection to a receiver, from its acceptance to its end.
/// </summary>
internal sealed class ReceiverConnection : IDisposable
{
    private readonly WebhookReceiver _receiver;
    private readonly Socket _socket;
    private readonly int _number;
    private readonly CancellationTokenSource _gone;
    private Stream _stream;
    private RequestReader _reader;
    private AnswerWriter _writer;

    // Completes when more of the client is there to read, or never will be.
    private Task<bool> _more = Task.FromResult(true);

    public ReceiverConnection(WebhookReceiver receiver, Socket socket, int number)
    {
        _receiver = receiver;
        _socket = socket;
        _number = number;
        _gone = CancellationTokenSource.CreateLinkedTokenSource(receiver.Stopping);
        Use(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Serves the client until one of the two has enough. A failure is told to the receiver; nothing is thrown.</summary>
    public async Task RunAsync()
    {
        try
        {
            AnswerEnding ending = await ServeAsync().ConfigureAwait(false);
            await EndAsync(ending).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception
            is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away or would not trust the certificate, which is its right, or the receiver was stopped.
        }
        catch (Exception exception)
        {
            // In this order, so that a client that sees the end finds the reason told.
            _receiver.Fail(exception as WebhookReceiverException ?? new($"The receiver failed: {exception.Message}", exception));
            Reset();
        }
        finally
        {
            // Whoever still reads ahead must not outlive the connection.
            await _stream.DisposeAsync().ConfigureAwait(false);
            await _more.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _gone.Dispose();
    }

    private async Task<AnswerEnding> ServeAsync()
    {
        if (_receiver.TakeOnAccept() is { } early)
        {
            return await AnswerUnaskedAsync(early.Plan).ConfigureAwait(false);
        }

        if (_receiver.TlsOptions is { } tlsOptions)
        {
            var tls = new SslStream(_stream);
            Use(tls);
            await tls.AuthenticateAsServerAsync(tlsOptions, _receiver.Stopping).ConfigureAwait(false);
        }

        _more = WatchAsync();

        while (await _more.ConfigureAwait(false))
        {
            AnswerEnding ending = await AnswerAsync().ConfigureAwait(false);

            if (ending != AnswerEnding.KeepOpen)
            {
                return ending;
            }
        }

        return AnswerEnding.Close;
    }

    private async Task<AnswerEnding> AnswerAsync()
    {
        ScriptTurn turn = _receiver.Take();

        if (turn.ActsOnAccept || turn.Ends(ReceiverStage.BeforeReading))
        {
            return await AnswerUnaskedAsync(turn.Plan).ConfigureAwait(false);
        }

        if (await _reader.ReadHeadAsync().ConfigureAwait(false) is not { } head)
        {
            return AnswerEnding.Close;
        }

        if (turn.Ends(ReceiverStage.AfterRequestHeaders))
        {
            _receiver.Record(head, body: [], isComplete: false, _number);
            return await AnswerUnaskedAsync(turn.Plan).ConfigureAwait(false);
        }

        if (head.ExpectsContinue)
        {
            await _writer.WriteInterimAsync(statusCode: 100).ConfigureAwait(false);
        }

        (byte[] body, bool isComplete) = await _reader.ReadBodyAsync(head).ConfigureAwait(false);
        ReceivedRequest request = _receiver.Record(head, body, isComplete, _number);

        if (!isComplete)
        {
            return AnswerEnding.Close;
        }

        _more = _reader.HasUnread ? Task.FromResult(true) : WatchAsync();
        AnswerEnding ending = await _writer.WriteAsync(turn.PlanFor(request), request).ConfigureAwait(false);

        return ending == AnswerEnding.KeepOpen && head.WantsClose ? AnswerEnding.Close : ending;
    }

    /// <summary>Does what does not wait for the whole request.</summary>
    private async Task<AnswerEnding> AnswerUnaskedAsync(AnswerPlan plan)
    {
        await _writer.DelayAsync(plan).ConfigureAwait(false);

        return plan.IsUnasked ? await _writer.WriteRawAsync(plan).ConfigureAwait(false) : plan.Ending;
    }

    private async Task EndAsync(AnswerEnding ending)
    {
        switch (ending)
        {
            case AnswerEnding.Reset:
                Reset();
                break;

            case AnswerEnding.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _gone.Token).ConfigureAwait(false);
                break;

            default:
                await CloseAsync().ConfigureAwait(false);
                break;
        }
    }

    private async Task CloseAsync()
    {
        if (_stream is SslStream { IsAuthenticated: true } tls)
        {
            await tls.ShutdownAsync().ConfigureAwait(false);
        }

        _socket.Shutdown(SocketShutdown.Send);

        // Closing a socket with unread bytes would reset it.
        while (await _more.ConfigureAwait(false))
        {
            _reader.Discard();
            _more = WatchAsync();
        }
    }

    private void Reset()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (SocketException)
        {
            // The client was faster.
        }

        _socket.Dispose();
    }

    /// <summary>Reads on while the answer is under way: the beginning of the next request, or the client's end.</summary>
    private async Task<bool> WatchAsync()
    {
        bool isThere = false;

        try
        {
            isThere = await _reader.ReadMoreAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The connection was ended by ourselves.
        }

        if (!isThere)
        {
            await _gone.CancelAsync().ConfigureAwait(false);
        }

        return isThere;
    }

    [MemberNotNull(nameof(_stream), nameof(_reader), nameof(_writer))]
    private void Use(Stream stream)
    {
        _stream = stream;
        _reader = new RequestReader(stream, _receiver.Stopping);
        _writer = new AnswerWriter(stream, _receiver.TimeProvider, _gone.Token, _receiver.Stopping);
    }
}
