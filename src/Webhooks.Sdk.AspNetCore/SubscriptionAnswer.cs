using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>A subscription as its owner sees it.</summary>
internal sealed record SubscriptionAnswer(string Id, string Url, IReadOnlyList<string> Events, bool Active)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? Created { get; init; }

    /// <summary>Gets the secret, when the subscription is made, and null ever after.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static SubscriptionAnswer Of(WebhookSubscription subscription, bool withSecret) =>
        new(subscription.Id, subscription.Endpoint.Url.OriginalString, subscription.EventTypes, subscription.State == WebhookEndpointState.Active)
        {
            Created = subscription.CreatedAt?.UtcDateTime,
            Secret = withSecret && subscription.Endpoint.Secrets is [var secret, ..] ? secret.Reveal() : null,
        };

    // The secret is not for logs, and the URL's path may be one.
    public override string ToString() => Id;
}
