using System;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The HTTP request of one attempt: tells the handlers what it is signed as and whom it trusts, and learns whether anything was sent.
/// </summary>
/// <remarks>
/// A message of its own instead of <see cref="HttpRequestMessage.Options"/>, whose first use allocates a dictionary for each request.
/// A handler that sends a copy loses the trust and the knowledge: the copy is guarded, and the original is taken for sent. A copy with the same content
/// is signed all the same. Not safe for use by many threads.
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

    /// <summary>Gets the request that the attempt sends.</summary>
    public WebhookRequest? Request { get; init; }

    /// <summary>Gets the certificate that the TLS handshake presents, or null.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>
    /// Gets whether the receiver is the operator's own and may be at any address and port.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>: the address guard judges it.
    /// </value>
    public bool Trusted { get; init; }

    /// <summary>
    /// Gets whether a handler outside has sent the message before, and the receiver may have it from that time: how the last sending failed says
    /// nothing of the earlier one.
    /// </summary>
    public bool WasWrittenBefore { get; private set; }

    /// <summary>Gets whether no transport has begun to write the message, now or when a handler outside sent it before.</summary>
    public bool IsUnwritten => !WasWrittenBefore && _progress != Progress.Writing;

    /// <summary>
    /// Gets or sets whether the handlers end in our transport, so that what it has not seen was not sent by it.
    /// </summary>
    public bool IsWatched { get; set; }

    /// <summary>
    /// Gets whether a handler outside has certainly kept the request back. Asked once the sending has ended.
    /// </summary>
    /// <value>
    /// True when our transport is in place and has not seen the message, and nobody has read the body: who sends a copy, through whatever transport, has read
    /// it. A message without a body tells nothing about copies, so it counts as sent.
    /// </value>
    public bool IsHeldBack => IsWatched && _progress == Progress.Unwatched && Content is BodyContent { WasRead: false };

    /// <summary>
    /// Finds the request that a message sends: the message's own, or, in a copy that a user's handler made, the one whose body it carries.
    /// </summary>
    public static WebhookRequest? FindRequest(HttpRequestMessage message) =>
        (message as AttemptRequest)?.Request ?? (message.Content as BodyContent)?.Request;

    /// <summary>
    /// Whether it is certain that not one byte of the request left this machine, so that the receiver cannot have acted on it.
    /// Asked once the sending has ended; before that the answer may change.
    /// </summary>
    /// <param name="exception">What ended the attempt.</param>
    public bool IsSurelyUnsent(Exception exception) =>
        !WasWrittenBefore && (_progress == Progress.Waiting || StaleConnectionException.IsCauseOf(exception));

    /// <summary>
    /// Called by the transport before it looks for a connection.
    /// </summary>
    public void MarkWaiting()
    {
        WasWrittenBefore |= _progress == Progress.Writing;

        // The transport sees the writing by its headers; without any it would not, so such a request counts as sent from the start.
        _progress = Headers.NonValidated.Count == 0 ? Progress.Writing : Progress.Waiting;
    }

    /// <summary>
    /// Called by the transport when a connection begins to write the request.
    /// </summary>
    public void MarkWriting() => _progress = Progress.Writing;

    /// <summary>Describes the request without what may be secret in it, unlike the message it derives from.</summary>
    public override string ToString() => RequestUri is null ? Method.Method : $"{Method} {ReceiverUrl.Describe(RequestUri)}";
}
