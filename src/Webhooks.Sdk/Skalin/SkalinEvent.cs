using System;
using System.Globalization;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// A customer used a feature, and how well that speaks of them: the one kind of event that a Skalin webhook takes.
/// </summary>
/// <remarks>
/// Begin with <see cref="For"/>. Instances are immutable and safe to share between threads, and may be sent more than once: Skalin keeps the
/// last event of an <see cref="Id"/> (Skalin: "Comment appeler un Webhook").
/// </remarks>
public sealed class SkalinEvent
{
    internal SkalinEvent(string id, string customerId, string? feature, int score, DateTimeOffset? timestamp, TimeOnly? localTime)
    {
        Id = id;
        CustomerId = customerId;
        Feature = feature ?? throw new ArgumentException(
            "A Skalin event needs a feature and its score. Call WithFeature(name, score) before Build().", nameof(feature));
        Score = score;
        Timestamp = timestamp;
        LocalTime = localTime;
    }

    /// <summary>Gets the event's id, by which Skalin drops duplicates: 16 visible ASCII characters.</summary>
    public string Id { get; }

    /// <summary>Gets the customer's id in Skalin (<c>refId</c> in its API, <c>Customer ID</c> on its pages), or the customer's domain name.</summary>
    public string CustomerId { get; }

    /// <summary>Gets the name of the feature that was used.</summary>
    public string Feature { get; }

    /// <summary>Gets how well the event speaks of the customer, from 1 (very bad) to 5 (very good).</summary>
    public int Score { get; }

    /// <summary>Gets when the event happened, in UTC, or null when that is not told. It is sent to the second.</summary>
    public DateTimeOffset? Timestamp { get; }

    /// <summary>Gets the time of day where the event happened, or null when that is not told. It is sent to the second.</summary>
    public TimeOnly? LocalTime { get; }

    /// <summary>Begins an event of a customer.</summary>
    /// <param name="customerId">
    /// The customer's id in Skalin, or their domain name: 1 to 255 characters, no white space at either end and no control characters.
    /// </param>
    /// <returns>A builder of the event.</returns>
    /// <exception cref="ArgumentException"><paramref name="customerId"/> is not as said.</exception>
    public static SkalinEventBuilder For(string customerId) => new(customerId);

    /// <summary>Describes the event by its id, feature and score; the customer is not shown.</summary>
    /// <returns>For example <c>e07595f29f1928y5: ActivationService, score 5</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}: {Feature}, score {Score}");
}
