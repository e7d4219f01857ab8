using System;
using System.Globalization;
using System.Net.Http;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A receiver was not called because the address guard does not let its address or its port through.
/// </summary>
/// <remarks>
/// The message names the host and the options that would allow it. It never holds the resolved address, the path or the query, so it may
/// be shown to a subscriber.
/// </remarks>
internal sealed class BlockedAddressException : HttpRequestException
{
    private BlockedAddressException(string message)
        : base(HttpRequestError.ConnectionError, message)
    {
    }

    public static BlockedAddressException ForAddress(string host) => new(
        $"The host '{host}' is not called: its address is not public. If it is meant to be called, add it to WebhookOptions.AllowedHosts " +
        "or its range to WebhookOptions.AllowedNetworks; for loopback in development set WebhookOptions.AllowLoopback.");

    public static BlockedAddressException ForZone(string host) => new(
        $"The host '{host}' is not called: an address with a zone ('%') is never public. Name the host without it.");

    public static BlockedAddressException ForPort(string host, int port) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The host '{host}' is not called on port {port}: it is not one of WebhookOptions.AllowedPorts."));

    /// <summary>
    /// Finds the refusal in what a handler threw: the runtime wraps the exceptions of a connection in its own.
    /// </summary>
    /// <returns>The refusal, or null when <paramref name="exception"/> has another cause.</returns>
    public static BlockedAddressException? Find(Exception? exception)
    {
        while (exception is not null and not BlockedAddressException)
        {
            exception = exception.InnerException;
        }

        return exception as BlockedAddressException;
    }
}
