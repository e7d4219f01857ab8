using System;
using System.Collections.Generic;
using System.Linq;
using Webhooks.Sdk.Formats;

namespace Webhooks.Sdk;

/// <summary>
/// How an event becomes headers and a body. Whatever the format, an event is sent by POST and has <c>webhook-id</c> and <c>webhook-timestamp</c>.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public abstract class WebhookFormat
{
    private protected WebhookFormat(string name)
    {
        Name = name;
    }

    /// <summary>Gets the envelope of Standard Webhooks 1.0.0: <c>{"type":…,"timestamp":…,"data":…}</c>.</summary>
    public static WebhookFormat Standard { get; } = new StandardFormat();

    /// <summary>Gets the format that sends the data as it is, for REST hooks (Zapier and the like).</summary>
    public static WebhookFormat DataOnly { get; } = new DataOnlyFormat();

    /// <summary>
    /// Gets the format of customers' own subscriptions: the data as it is, and where it is an object without an <c>id</c>, the event's id as its first member.
    /// Zapier and the like tell events apart by it.
    /// </summary>
    public static WebhookFormat RestHook { get; } = new RestHookFormat();

    /// <summary>Gets the format of Divalto weavy's webhooks: <c>{"result":…}</c>.</summary>
    public static WebhookFormat Weavy { get; } = new WeavyFormat();

    /// <summary>
    /// Gets CloudEvents 1.0 in structured mode: the attributes and the data in one JSON object. Needs a source: the event's, or the endpoint's.
    /// </summary>
    public static WebhookFormat CloudEvents { get; } = new CloudEventsFormat();

    /// <summary>
    /// Gets CloudEvents 1.0 in binary mode: the attributes in <c>ce-…</c> headers, the data as the body. Needs a source: the event's, or the endpoint's.
    /// </summary>
    public static WebhookFormat CloudEventsBinary { get; } = new CloudEventsBinaryFormat();

    /// <summary>Gets the name by which configuration chooses the format, for example <c>Standard</c>.</summary>
    public string Name { get; }

    internal static IReadOnlyList<WebhookFormat> All { get; } = [Standard, DataOnly, RestHook, Weavy, CloudEvents, CloudEventsBinary];

    /// <summary>Gets whether the format sends the source of an event, and so cannot do without.</summary>
    internal virtual bool HasSource => false;

    /// <summary>Gives the name of the format.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    /// <summary>Finds a format by its name, whatever the case; null when there is none.</summary>
    internal static WebhookFormat? Find(string name) => All.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Composes an event: a pure function of its arguments.</summary>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="source">The source to send, the event's own or a default; of no account when <see cref="HasSource"/> is false.</param>
    /// <exception cref="InvalidOperationException">The format needs a source, and <paramref name="source"/> is null.</exception>
    internal abstract EventComposition Compose(WebhookEvent webhookEvent, string? source);
}
