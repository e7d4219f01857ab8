using System;

namespace Webhooks.Sdk;

/// <content>What is known of the receiver: how it answers, and how often it is asked.</content>
public sealed partial class WebhookEndpoint
{
    /// <summary>Gets what is known of this kind of receiver. What the endpoint sets itself takes the place of the preset's, <see cref="Limits"/> as a whole.</summary>
    /// <value>The default value is <see cref="WebhookPresets.Default"/>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WebhookPreset Preset
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }
    = WebhookPresets.Default;

    /// <summary>Gets what the receiver's answers mean.</summary>
    /// <value>By default the <see cref="Preset"/>'s: <see cref="WebhookResponseRule.Default"/> unless it is set.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WebhookResponseRule Rule
    {
        get => field ?? Preset.Rule;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Gets when a failed durable delivery is tried again. A direct send has a caller who waits, and uses <see cref="RetrySchedule.Immediate"/>.</summary>
    /// <value>By default the <see cref="Preset"/>'s: <see cref="RetrySchedule.StandardWebhooks"/> unless it is set.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetrySchedule Schedule
    {
        get => field ?? Preset.Schedule;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>
    /// Gets the header by which the receiver recognises a repeated attempt. Events and requests to the endpoint, GET aside, have it unless they set it themselves,
    /// and are idempotent by it.
    /// </summary>
    /// <value>By default the <see cref="Preset"/>'s: none unless it is set.</value>
    public WebhookIdempotencyHeader? IdempotencyHeader
    {
        get => field ?? Preset.IdempotencyHeader;
        init;
    }
}
