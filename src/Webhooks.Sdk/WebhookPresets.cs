using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk;

/// <summary>
/// What is known of well-known receivers, as the documentation of each says.
/// </summary>
/// <remarks>
/// A preset holds no URL and no credential. All but <see cref="Default"/> send an event's data as it is (<see cref="WebhookFormat.DataOnly"/>), so the data is
/// the message that the receiver wants. What a receiver does not document is left at the defaults.
/// </remarks>
public static class WebhookPresets
{
    /// <summary>Gets the defaults, which any receiver of Standard Webhooks understands.</summary>
    public static WebhookPreset Default { get; } = new(nameof(Default));

    /// <summary>
    /// Gets the preset of Slack's incoming webhooks: a success has status 200 and the body <c>ok</c>; 410 (<c>channel_is_archived</c>) is gone, 429 comes with
    /// <c>Retry-After</c>. One message a second, which is about what Slack takes.
    /// </summary>
    public static WebhookPreset Slack { get; } = new(nameof(Slack))
    {
        Format = WebhookFormat.DataOnly,
        Limits = new WebhookLimits { Rate = WebhookRate.PerSecond(1) },
        Rule = new WebhookResponseRule { SuccessStatuses = [200], Body = [WebhookBodyRule.UnlessText("ok")] },
    };

    /// <summary>
    /// Gets the preset of Microsoft Teams' workflows: bodies of at most 28 KiB with an adaptive card, 4 messages a second, and URLs that are sent byte for byte,
    /// because they are signed.
    /// </summary>
    /// <remarks>Which status of 2xx a workflow answers with is not documented: any is a success. The limit of the body is documented as "about 28 KB".</remarks>
    public static WebhookPreset Teams { get; } = new(nameof(Teams))
    {
        Format = WebhookFormat.DataOnly,
        Limits = new WebhookLimits { MaxRequestBodySize = 28 * 1024, Rate = WebhookRate.PerSecond(4) },
        IsUrlOpaque = true,
    };

    /// <summary>
    /// Gets the preset of Discord's webhooks: a success has status 204, or 200 with <c>?wait=true</c>; 404 means that the webhook was deleted; the wait of 429 is
    /// in <c>Retry-After</c>, in <c>X-RateLimit-Reset-After</c> or in the body's <c>retry_after</c>, all in seconds.
    /// </summary>
    public static WebhookPreset Discord { get; } = new(nameof(Discord))
    {
        Format = WebhookFormat.DataOnly,
        Rule = new WebhookResponseRule
        {
            SuccessStatuses = [200, 204],
            Statuses = new Dictionary<int, WebhookVerdict> { [404] = WebhookVerdict.Gone },
            WaitMember = "retry_after",
        },
    };

    /// <summary>
    /// Gets the preset of LINE's push, multicast, narrowcast and broadcast messages: every request has <c>X-Line-Retry-Key</c>, a UUID that stays the same over all
    /// attempts, and 409 says that an attempt before was accepted. The channel's token is a bearer credential.
    /// </summary>
    /// <remarks>LINE refuses the key where it knows none, such as in reply messages.</remarks>
    public static WebhookPreset Line { get; } = new(nameof(Line))
    {
        Format = WebhookFormat.DataOnly,
        IdempotencyHeader = new WebhookIdempotencyHeader("X-Line-Retry-Key") { IsUuid = true },
        Rule = new WebhookResponseRule
        {
            SuccessStatuses = [200],
            Statuses = new Dictionary<int, WebhookVerdict> { [409] = WebhookVerdict.Delivered },
        },
    };

    /// <summary>
    /// Gets the preset of Messenger's Send API: <c>error.code</c> in the body decides. 1200 (temporary failure) and 2 (unexpected, retry later) are failures for
    /// now, 613 and 4 are rate limits, 190 (token) and 100 (parameter) are refusals. The page's token is the query parameter <c>access_token</c>.
    /// </summary>
    /// <remarks>
    /// The Send API knows no key to recognise a repeated request by: one whose fate is unknown is not repeated. The number 1200 is known from practice; Meta's
    /// reference describes the failure without it.
    /// </remarks>
    public static WebhookPreset Messenger { get; } = new(nameof(Messenger))
    {
        Format = WebhookFormat.DataOnly,
        Rule = new WebhookResponseRule
        {
            SuccessStatuses = [200],
            Body =
            [
                WebhookBodyRule.WhenJson("error.code", "190", WebhookVerdict.Rejected),
                WebhookBodyRule.WhenJson("error.code", "100", WebhookVerdict.Rejected),
                WebhookBodyRule.WhenJson("error.code", "613", WebhookVerdict.Throttled),
                WebhookBodyRule.WhenJson("error.code", "4", WebhookVerdict.Throttled),
                WebhookBodyRule.WhenJson("error.code", "1200", WebhookVerdict.ReceiverFailed),
                WebhookBodyRule.WhenJson("error.code", "2", WebhookVerdict.ReceiverFailed),
            ],
        },
    };

    /// <summary>
    /// Gets the preset of Lob: every request has <c>Idempotency-Key</c>, and is tried 5 times with growing waits. The API's key is the user name of a basic
    /// credential, with an empty password.
    /// </summary>
    public static WebhookPreset Lob { get; } = new(nameof(Lob))
    {
        Format = WebhookFormat.DataOnly,
        IdempotencyHeader = new WebhookIdempotencyHeader("Idempotency-Key"),
        Rule = new WebhookResponseRule { SuccessStatuses = [200] },
        Schedule = RetrySchedule.Exponential(TimeSpan.FromSeconds(5), attempts: 5, longest: TimeSpan.FromMinutes(5)),
    };

    /// <summary>
    /// Gets the preset of Salesforce's platform events: a success has status 201 and <c>"success":true</c> in its body, whatever stands in <c>errors</c>. The token
    /// is a bearer credential; with a <see cref="WebhookTokenProvider"/>, a fresh one is asked for after a 401.
    /// </summary>
    public static WebhookPreset Salesforce { get; } = new(nameof(Salesforce))
    {
        Format = WebhookFormat.DataOnly,
        Rule = new WebhookResponseRule { SuccessStatuses = [201], Body = [WebhookBodyRule.UnlessJson("success", "true")] },
    };

    internal static IReadOnlyList<WebhookPreset> All { get; } = [Default, Slack, Teams, Discord, Line, Messenger, Lob, Salesforce];

    /// <summary>Finds a preset by its name, whatever the case; null when there is none.</summary>
    internal static WebhookPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
