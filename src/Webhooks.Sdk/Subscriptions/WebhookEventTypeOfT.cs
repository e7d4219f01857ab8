using System;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk;

/// <summary>
/// A kind of event whose data is a <typeparamref name="T"/>. Register it with <c>AddEventType</c>, publish it with <c>PublishAsync</c>.
/// </summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <remarks>
/// Instances are immutable and safe to share between threads: a <c>static readonly</c> field each.
/// </remarks>
public sealed class WebhookEventType<T> : WebhookEventType
{
    /// <summary>Creates an event type.</summary>
    /// <param name="name">1 to 128 characters: groups of <c>A-Z a-z 0-9 _</c>, parted by full stops.</param>
    /// <param name="jsonTypeInfo">How the data is written, from a <c>JsonSerializerContext</c> of yours.</param>
    /// <param name="description">What the event tells, for people; or null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a text.</exception>
    public WebhookEventType(string name, JsonTypeInfo<T> jsonTypeInfo, string? description = null)
        : base(name, description)
    {
        ArgumentNullException.ThrowIfNull(jsonTypeInfo);
        JsonTypeInfo = jsonTypeInfo;
    }

    /// <summary>Gets how the data is written.</summary>
    public JsonTypeInfo<T> JsonTypeInfo { get; }

    internal override JsonTypeInfo DataTypeInfo => JsonTypeInfo;
}
