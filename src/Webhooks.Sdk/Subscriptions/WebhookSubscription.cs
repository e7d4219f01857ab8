using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk;

/// <summary>
/// An endpoint that wants some event types.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads; a change is a new instance, which replaces the old one under the same <see cref="Id"/>.
/// </remarks>
public sealed class WebhookSubscription
{
    internal const int MostEventTypes = 100;

    /// <summary>Gets the id of the subscription.</summary>
    /// <value>1 to 64 of the characters <c>A-Z a-z 0-9 _ -</c>; <see cref="NewId"/> makes one.</value>
    /// <exception cref="ArgumentException">The value is not such an id.</exception>
    public required string Id
    {
        get;
        init
        {
            WebhookId.Validate(value, nameof(value));
            field = value;
        }
    }

    /// <summary>Gets whose subscription it is. It gets the events of this owner, and those that are published without an owner.</summary>
    /// <value>Null by default: nobody's. It gets only events without an owner.</value>
    public string? Owner { get; init; }

    /// <summary>Gets what is wanted: event types (<c>customer.created</c>), all below a group (<c>customer.*</c>), or all (<c>*</c>).</summary>
    /// <value>1 to 100.</value>
    /// <exception cref="ArgumentNullException">The list or one of its entries is null.</exception>
    /// <exception cref="ArgumentException">There is none, there are more than 100, or one is not such a text.</exception>
    public required IReadOnlyList<string> EventTypes
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);

            if (value.Count is 0 or > MostEventTypes)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"A subscription wants 1 to {MostEventTypes} event types, but there are {value.Count}; * stands for all."),
                    nameof(value));
            }

            foreach (string pattern in value)
            {
                EventTypePattern.Validate(pattern, nameof(value));
            }

            field = Array.AsReadOnly([.. value]);
        }
    }

    /// <summary>
    /// Gets which events of these types are wanted: a JSON object in UTF-8, whose every member names a member of the data, by dotted path, and the value it
    /// must equal. For example <c>{"status":"paid","customer.country":"FR"}</c>.
    /// </summary>
    /// <value>Empty by default: all of them. At most 16 KiB.</value>
    /// <exception cref="ArgumentException">The value is no JSON object, or too long. The message does not show it.</exception>
    public ReadOnlyMemory<byte> Filter
    {
        get;
        init
        {
            byte[] copy = value.ToArray();

            if (copy.Length > 0)
            {
                SubscriptionFilter.Parse(copy, nameof(value));
            }

            field = copy;
        }
    }

    /// <summary>
    /// Gets where and how the events are sent. All that is data can be stored: secrets, a <see cref="WebhookSigner"/>, headers, format, preset, response rule,
    /// schedule, limits, and credentials that are texts.
    /// </summary>
    /// <remarks>
    /// What is code cannot, and is refused when the subscription is added: <see cref="WebhookResponseRule.Decide"/>, a <see cref="WebhookTokenProvider"/>, an
    /// <see cref="IWebhookSigner"/> of one's own, a client certificate; and an endpoint that is registered by name. A preset of one's own is stored as what it sets.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required WebhookEndpoint Endpoint
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Gets whether its deliveries were made and sent when it was read.</summary>
    /// <value><see cref="WebhookEndpointState.Active"/> unless it was read; what is added begins so.</value>
    public WebhookEndpointState State { get; internal init; }

    /// <summary>Gets when the subscription was added, by the store's clock.</summary>
    /// <value>Null unless it was read.</value>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>Makes an id that no other subscription has.</summary>
    /// <returns><c>sub_</c> and a time-ordered id.</returns>
    public static string NewId() => $"sub_{Guid.CreateVersion7():N}";

    /// <summary>Describes the subscription by its id and what it wants.</summary>
    /// <returns>For example <c>sub_0195… (invoice.*)</c>.</returns>
    public override string ToString() => new StringBuilder(Id).Append(" (").AppendJoin(", ", EventTypes).Append(')').ToString();
}
