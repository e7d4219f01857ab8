using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// A request as a <see cref="WebhookReceiver"/> read it off the wire.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed partial class ReceivedRequest
{
    internal ReceivedRequest(RequestHead head, ReadOnlyMemory<byte> body, bool isComplete, DateTimeOffset receivedAt, int connection)
    {
        Method = head.Method;
        Target = head.Target;
        Headers = head.Headers;
        Body = body;
        IsComplete = isComplete;
        ReceivedAt = receivedAt;
        Connection = connection;
    }

    /// <summary>Gets the method, for example <c>POST</c>.</summary>
    public string Method { get; }

    /// <summary>Gets the target of the request line, neither decoded nor normalized, for example <c>/hooks/a%2Fb?x=1</c>.</summary>
    public string Target { get; }

    /// <summary>Gets the headers in the order and the case in which they came. A header that came several times is here several times.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Gets the bytes of the body, without the framing of chunks; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the body as text in UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>
    /// Gets whether the whole body was read: not when the client went away in its middle, nor when the answer broke off
    /// <see cref="ReceiverStage.AfterRequestHeaders"/>.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>Gets when the request was read, by <see cref="WebhookReceiverOptions.TimeProvider"/>, in UTC.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Gets which connection to the receiver the request came on, counted from 1 in the order of their acceptance.</summary>
    public int Connection { get; }

    /// <summary>Gets the value of a header.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The value, or null when there is no such header.</returns>
    /// <exception cref="WebhookAssertionException">The header came more than once; <see cref="Headers"/> has them all.</exception>
    public string? Header(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        string[] values = [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

        return values.Length < 2
            ? values.FirstOrDefault()
            : throw new WebhookAssertionException(
                string.Create(CultureInfo.InvariantCulture, $"The header {name} came {values.Length} times: {string.Join(" | ", values)}"));
    }

    /// <summary>Describes the request in one line.</summary>
    /// <returns>For example <c>POST /hooks?x=1 (12 bytes)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Method} {Target} ({Body.Length} bytes)");
}
