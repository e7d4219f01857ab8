using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <content>What holds for durable deliveries, one after the other.</content>
public sealed partial class WebhookEndpoint
{
    internal const int MostSetAsideAfter = 100;

    /// <summary>
    /// Gets whether durable deliveries never overtake each other: one at a time, in the order of publishing, and what waits for a retry holds up what is
    /// behind it.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Ordered { get; init; }

    /// <summary>
    /// Gets after how many failed attempts a delivery to an <see cref="Ordered"/> endpoint is set aside: it is retried by itself, and those behind it go on.
    /// </summary>
    /// <value>Null by default: it holds them up until it is delivered or given up. Otherwise from 1 to 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int? SetAsideAfter
    {
        get;
        init
        {
            if (value is < 1 or > MostSetAsideAfter)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"A delivery is set aside after 1 to {MostSetAsideAfter} attempts, not {value.Value}."));
            }

            field = value;
        }
    }
}
