using System;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Thrown when a <see cref="WebhookReceiver"/> could not do what the test asked for: a function of its script threw, or a client
/// sent what is not HTTP.
/// </summary>
/// <remarks>
/// It happens while a client is served, and is thrown by what the test calls next: a wait, an assertion, or the receiver's disposal.
/// </remarks>
public sealed class WebhookReceiverException : Exception
{
    internal WebhookReceiverException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
