using System;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Tells what an exception of the HTTP stack means for the attempt it ended.
/// </summary>
internal static class AttemptFault
{
    public static WebhookFailure Classify(Exception exception, AttemptRequest message, bool isTimedOut)
    {
        if (BlockedAddressException.Find(exception) is not null)
        {
            return WebhookFailure.BlockedAddress;
        }

        // A token is asked for before the first sending, or after an answer that refused the one before: the receiver has acted on neither.
        if (exception is CredentialUnavailableException)
        {
            return WebhookFailure.NotReceived;
        }

        // A signer is asked before each sending; only the first is known to be that.
        if (exception is SignerFailedException { IsFirstSending: true })
        {
            return WebhookFailure.NotReceived;
        }

        // A user's handler refused to send (an open circuit breaker of Polly's, a limiter that is full), or used all the time up.
        if (message.IsHeldBack && !IsMistake(exception))
        {
            return WebhookFailure.NotReceived;
        }

        if (!message.WasWrittenBefore && (IsBeforeSending(exception) || message.IsSurelyUnsent(exception)))
        {
            return WebhookFailure.NotReceived;
        }

        if (isTimedOut)
        {
            return WebhookFailure.TimedOut;
        }

        return exception switch
        {
            HttpRequestException or System.IO.IOException or OperationCanceledException => WebhookFailure.ConnectionLost,
            _ => IsMistake(exception) ? WebhookFailure.InvalidRequest : WebhookFailure.ConnectionLost,
        };
    }

    /// <summary>
    /// Tells whether the receiver, or the way to it, has failed, rather than something on this side.
    /// </summary>
    public static bool IsOfReceiver(WebhookFailure failure, Exception exception, AttemptRequest message) =>
        failure is WebhookFailure.NotReceived or WebhookFailure.ConnectionLost or WebhookFailure.TimedOut
        && exception is not CredentialUnavailableException
        && !message.IsHeldBack;

    /// <summary>
    /// Names the kind of error. Messages are left out: they hold addresses, and those of a user's handler may hold anything.
    /// </summary>
    public static string Describe(Exception exception) => exception switch
    {
        CredentialUnavailableException { InnerException: { } cause } => $"{nameof(WebhookTokenProvider)}: {cause.GetType().Name}",
        SignerFailedException { InnerException: { } cause } => $"{nameof(IWebhookSigner)}: {cause.GetType().Name}",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => $"{nameof(HttpRequestException)}: {http.HttpRequestError}",
        { InnerException: SocketException socket } => $"{exception.GetType().Name}: {socket.SocketErrorCode}",
        _ => exception.GetType().Name,
    };

    // What is thrown at a request that another attempt would not make better.
    private static bool IsMistake(Exception exception) =>
        exception is ArgumentException or FormatException or InvalidOperationException or NotSupportedException;

    private static bool IsBeforeSending(Exception exception) => exception switch
    {
        HttpRequestException http => http.HttpRequestError is HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError
            or HttpRequestError.VersionNegotiationError,

        // How the HTTP stack reports ConnectTimeout.
        TaskCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
