using System;
using System.Net.Http;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The HTTP request of one attempt: tells the transport whom it trusts, and learns from it whether anything was sent.
/// </summary>
/// <remarks>
/// A message of its own instead of <see cref="HttpRequestMessage.Options"/>, whose first use allocates a dictionary for each request.
/// A handler that sends a copy loses both: the copy is guarded, and the original is taken for sent. Not safe for use by many threads.
/// </remarks>
internal sealed class AttemptRequest(HttpMethod method, Uri url) : HttpRequestMessage(method, url)
{
    // Written by the thread that sends; read by the one that gave up waiting for it.
    private volatile Progress _progress;

    private enum Progress
    {
        /// <summary>No transport of ours has seen the request (a test's handler, say), so nobody watches the wire.</summary>
        Unwatched,

        /// <summary>Waits for a name, an address, a connection or a TLS handshake.</summary>
        Waiting,

        /// <summary>Is on its way to the wire, or beyond.</summary>
        Writing,
    }

    /// <summary>
    /// Gets whether the receiver is the operator's own and may be at any address and port.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>: the address guard judges it.
    /// </value>
    public bool Trusted { get; init; }

    /// <summary>
    /// Whether it is certain that not one byte of the request left this machine, so that the receiver cannot have acted on it.
    /// Asked once the sending has ended; before that the answer may change.
    /// </summary>
    /// <param name="exception">What ended the attempt.</param>
    public bool IsSurelyUnsent(Exception exception)
    {
        return _progress == Progress.Waiting || StaleConnectionException.IsCauseOf(exception);
    }

    /// <summary>
    /// Called by the transport before it looks for a connection.
    /// </summary>
    public void MarkWaiting()
    {
        // The transport sees the writing by its headers; without any it would not, so such a request counts as sent from the start.
        _progress = Headers.NonValidated.Count == 0 ? Progress.Writing : Progress.Waiting;
    }

    /// <summary>
    /// Called by the transport when a connection begins to write the request.
    /// </summary>
    public void MarkWriting() => _progress = Progress.Writing;
}
