using System;

namespace Webhooks.Sdk;

/// <summary>
/// Thrown by <see cref="WebhookResult.EnsureSucceeded"/> for a webhook that was not delivered.
/// </summary>
/// <remarks>
/// The message tells the failure, the status and the number of attempts, and nothing that the receiver or the caller wrote.
/// </remarks>
public sealed class WebhookException : Exception
{
    internal WebhookException(WebhookResult result)
        : base($"The webhook was not delivered. {result}.")
    {
        Result = result;
    }

    /// <summary>Gets the result that was not a success.</summary>
    public WebhookResult Result { get; }
}
