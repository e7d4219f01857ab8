using System;

namespace Webhooks.Sdk;

/// <summary>
/// The store could not do what was asked: it is full, cannot be reached, or does not fit.
/// </summary>
public sealed class WebhookStoreException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What happened, and what mends it.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="innerException">The store's own exception, or null.</param>
    public WebhookStoreException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
    }

    /// <summary>Gets whether the same call may succeed later, without anybody mending anything in the application.</summary>
    public bool IsTransient { get; }
}
