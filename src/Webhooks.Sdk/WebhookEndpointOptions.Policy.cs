using System;
using System.Collections.Generic;

namespace Webhooks.Sdk;

/// <content>What is known of the receiver: how it answers, and how often it is asked.</content>
public sealed partial class WebhookEndpointOptions
{
    private WebhookPreset? _customPreset;
    private WebhookResponseRule? _rule;
    private RetrySchedule? _customSchedule;

    /// <summary>Gets or sets the name of what is known of this kind of receiver: one of <see cref="WebhookPresets"/>. Other options take the place of the preset's.</summary>
    /// <value>The default value is <c>Default</c>. Others are <c>Slack</c>, <c>Teams</c>, <c>Discord</c>, <c>Line</c>, <c>Messenger</c>, <c>Lob</c> and <c>Salesforce</c>.</value>
    public string Preset { get; set; } = WebhookPresets.Default.Name;

    /// <summary>Gets or sets the name of the schedule by which failed durable deliveries are tried again.</summary>
    /// <value>Null by default: the preset's. Otherwise <c>StandardWebhooks</c>, <c>Braze</c> or <c>Immediate</c>.</value>
    public string? Schedule { get; set; }

    /// <summary>Gets the waits after failed attempts of a durable delivery, instead of <see cref="Schedule"/>.</summary>
    /// <value>Empty by default. At most 99, each from zero to 7 days; each is lengthened or shortened by up to 20 %.</value>
    public IList<TimeSpan> RetryDelays { get; } = [];

    /// <summary>Gets or sets the header by which the receiver recognises a repeated attempt, for example <c>Idempotency-Key</c>.</summary>
    /// <value>Null by default: the preset's, or none.</value>
    public string? IdempotencyHeader { get; set; }

    /// <summary>Gets or sets whether the key in <see cref="IdempotencyHeader"/> is a UUID, rather than the request's id as it is.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool IsIdempotencyKeyUuid { get; set; }

    /// <summary>Sets what is known of this kind of receiver in code, for a preset of your own.</summary>
    /// <param name="preset">The preset, in place of <see cref="Preset"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="preset"/> is null.</exception>
    public void UsePreset(WebhookPreset preset)
    {
        ArgumentNullException.ThrowIfNull(preset);
        _customPreset = preset;
    }

    /// <summary>Sets what the receiver's answers mean.</summary>
    /// <param name="rule">The rule, in place of the preset's.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is null.</exception>
    public void UseRule(WebhookResponseRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _rule = rule;
    }

    /// <summary>Sets in code when failed durable deliveries are tried again.</summary>
    /// <param name="schedule">The schedule, in place of <see cref="Schedule"/> and <see cref="RetryDelays"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="schedule"/> is null.</exception>
    public void UseSchedule(RetrySchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _customSchedule = schedule;
    }

    // Not properties: the configuration binder would take them for its own.
    internal WebhookPreset GetPreset() => _customPreset ?? WebhookPresets.Find(Preset) ?? WebhookPresets.Default;

    internal WebhookResponseRule? GetRule() => _rule;

    internal RetrySchedule? GetCustomSchedule() => _customSchedule;
}
