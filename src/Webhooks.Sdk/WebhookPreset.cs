using System;

namespace Webhooks.Sdk;

/// <summary>
/// What the endpoints of one kind of receiver have in common: a bundle of settings, each of which an endpoint may replace by its own.
/// </summary>
/// <remarks>
/// <see cref="WebhookPresets"/> has those of well-known receivers. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookPreset
{
    /// <summary>Names a preset.</summary>
    /// <param name="name">The name, for people to read.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public WebhookPreset(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Gets the name, by which configuration chooses those of <see cref="WebhookPresets"/>.</summary>
    public string Name { get; }

    /// <summary>Gets what the receiver's answers mean.</summary>
    /// <value>The default value is <see cref="WebhookResponseRule.Default"/>.</value>
    public WebhookResponseRule Rule { get; init => field = NotNull(value); } = WebhookResponseRule.Default;

    /// <summary>Gets when failed deliveries are tried again.</summary>
    /// <value>The default value is <see cref="RetrySchedule.StandardWebhooks"/>.</value>
    public RetrySchedule Schedule { get; init => field = NotNull(value); } = RetrySchedule.StandardWebhooks;

    /// <summary>Gets how an event becomes headers and a body.</summary>
    /// <value>The default value is <see cref="WebhookFormat.Standard"/>.</value>
    public WebhookFormat Format { get; init => field = NotNull(value); } = WebhookFormat.Standard;

    /// <summary>Gets what an attempt may take, where that differs from <see cref="WebhookOptions"/>.</summary>
    /// <value>No limits of its own by default.</value>
    public WebhookLimits Limits { get; init => field = NotNull(value); } = WebhookLimits.None;

    /// <summary>Gets the header by which the receiver recognises a repeated attempt.</summary>
    /// <value>Null by default.</value>
    public WebhookIdempotencyHeader? IdempotencyHeader { get; init; }

    /// <summary>Gets whether the receiver makes and signs its URLs, so that one from configuration is sent byte for byte.</summary>
    /// <value>The default value is <see langword="false"/>. An endpoint made in code is given <see cref="WebhookUrl.Opaque"/> instead.</value>
    public bool IsUrlOpaque { get; init; }

    /// <summary>Describes the preset by its name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    private static T NotNull<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }
}
