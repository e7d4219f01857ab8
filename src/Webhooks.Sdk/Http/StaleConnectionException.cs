using System;
using System.IO;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A pooled connection had been closed by the receiver before the first byte of a request was written to it; none was.
/// </summary>
internal sealed class StaleConnectionException() : IOException("The receiver had closed the connection before the request was written to it.")
{
    /// <summary>
    /// Whether this is what a handler's exception comes from.
    /// </summary>
    public static bool IsCauseOf(Exception? exception)
    {
        while (exception is not null and not StaleConnectionException)
        {
            exception = exception.InnerException;
        }

        return exception is not null;
    }
}
