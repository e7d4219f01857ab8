using System;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using Webhooks.Sdk.Formats;

namespace Webhooks.Sdk;

/// <summary>
/// Something that happened, ready to be told to one or more endpoints.
/// </summary>
/// <remarks>
/// <see cref="Id"/> stays the same for every attempt and every endpoint, so that receivers can drop duplicates. The data was serialized once, when the
/// event was made; an endpoint's <see cref="WebhookFormat"/> wraps it. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookEvent
{
    // Endpoints have few formats, but each may name a source of its own. What does not fit is composed again for each endpoint.
    private const int MostCompositions = 8;

    private EventComposition[] _compositions = [];

    internal WebhookEvent(string id, string type, DateTimeOffset timestamp, string? subject, string? source, ReadOnlyMemory<byte> data)
    {
        Id = id;
        Type = type;
        Timestamp = timestamp;
        Subject = subject;
        Source = source;
        Data = data;
    }

    /// <summary>Gets the id by which receivers recognise the event.</summary>
    /// <value>1 to 64 of the characters <c>A-Z a-z 0-9 _ -</c>; <c>evt_</c> and a time-ordered id unless it was set.</value>
    public string Id { get; }

    /// <summary>Gets what kind of thing happened, for example <c>invoice.paid</c>.</summary>
    /// <value>1 to 128 characters: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</value>
    public string Type { get; }

    /// <summary>Gets when it happened, in UTC.</summary>
    /// <value>The time at which the event was made unless it was set.</value>
    public DateTimeOffset Timestamp { get; }

    /// <summary>Gets what it happened to, within <see cref="Source"/>, or null. Only the CloudEvents formats send it.</summary>
    public string? Subject { get; }

    /// <summary>
    /// Gets where it happened, as a URI reference, or null. Only the CloudEvents formats send it; those need one, and take
    /// <see cref="WebhookEndpoint.Source"/> when this is null.
    /// </summary>
    public string? Source { get; }

    /// <summary>Gets when the event is worth nothing any more: from then on no attempt to tell it begins.</summary>
    /// <value>Null by default: never.</value>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>Gets what the event tells: one JSON value in UTF-8.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Makes an event of now with a fresh id.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="type">What kind of thing happened, for example <c>invoice.paid</c>: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</param>
    /// <param name="data">What the event tells; serialized now, once.</param>
    /// <param name="jsonTypeInfo">How the data is written, from a <c>JsonSerializerContext</c> of yours.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> or <paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is not such a text.</exception>
    public static WebhookEvent Create<T>(string type, T data, JsonTypeInfo<T> jsonTypeInfo) => For(type).WithData(data, jsonTypeInfo).Build();

    /// <summary>Makes an event of now with a fresh id, whose data writes itself.</summary>
    /// <typeparam name="TData">A type with <see cref="WebhookDataAttribute"/>.</typeparam>
    /// <param name="type">What kind of thing happened, for example <c>invoice.paid</c>: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</param>
    /// <param name="data">What the event tells; written now, once.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> or <paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is not such a text.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be written as JSON: a number is NaN or infinite, or objects nest deeper than 64.</exception>
    public static WebhookEvent Create<TData>(string type, TData data)
        where TData : IWebhookData => For(type).WithData(data).Build();

    /// <summary>Begins an event whose id, time, subject, source or data is set by hand.</summary>
    /// <param name="type">What kind of thing happened, for example <c>invoice.paid</c>: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</param>
    /// <returns>A builder of the event.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="type"/> is not such a text.</exception>
    public static WebhookEventBuilder For(string type) => new(type);

    /// <summary>Describes the event by its type and id; the data may be private and is not shown.</summary>
    /// <returns>For example <c>invoice.paid evt_0195…</c>.</returns>
    public override string ToString() => $"{Type} {Id}";

    /// <summary>
    /// Gives the headers and the body of the event in a format: composed once, however many endpoints share it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The format needs a source, and neither the event nor the endpoint has one.</exception>
    internal EventComposition Compose(WebhookFormat format, string? defaultSource)
    {
        string? source = format.HasSource ? Source ?? defaultSource : null;
        EventComposition[] known = Volatile.Read(ref _compositions);

        foreach (EventComposition composition in known)
        {
            if (composition.Format == format && string.Equals(composition.Source, source, StringComparison.Ordinal))
            {
                return composition;
            }
        }

        EventComposition added = format.Compose(this, source);

        // Of two threads that compose at once one may be forgotten; both have the same bytes.
        if (known.Length < MostCompositions)
        {
            Volatile.Write(ref _compositions, [.. known, added]);
        }

        return added;
    }
}
