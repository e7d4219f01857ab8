using System;
using System.Globalization;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// Builds a <see cref="SkalinEvent"/>: begin with <see cref="SkalinEvent.For"/>, end with <see cref="Build"/>.
/// </summary>
/// <remarks>
/// What Skalin would refuse is refused at once. Each call replaces what an earlier call of the same name said. A builder is used once and by one
/// thread.
/// </remarks>
public sealed class SkalinEventBuilder
{
    private const int WorstScore = 1;
    private const int BestScore = 5;

    private readonly string _customerId;
    private string? _id;
    private string? _feature;
    private int _score;
    private DateTimeOffset? _timestamp;
    private TimeOnly? _localTime;
    private bool _built;

    internal SkalinEventBuilder(string customerId)
    {
        SkalinText.RefuseAsCustomerId(customerId, nameof(customerId));
        _customerId = customerId;
    }

    /// <summary>Sets the feature that was used, and how well that speaks of the customer. Required.</summary>
    /// <param name="name">The feature's name: free text of 1 to 255 characters, not white space alone.</param>
    /// <param name="score">From 1 (very bad) to 5 (very good).</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not as said.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="score"/> is not from 1 to 5.</exception>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder WithFeature(string name, int score)
    {
        ThrowIfBuilt();
        SkalinText.RefuseAsFeature(name, nameof(name));

        if (score is < WorstScore or > BestScore)
        {
            throw new ArgumentOutOfRangeException(
                nameof(score),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The score must be from {WorstScore} (very bad) to {BestScore} (very good), but was {score}."));
        }

        _feature = name;
        _score = score;
        return this;
    }

    /// <summary>Sets the event's id. Left out, it is 16 random characters of <c>0-9a-z</c>.</summary>
    /// <param name="id">
    /// Exactly 16 visible ASCII characters (U+0021 to U+007E). Skalin keeps the last event that it gets of an id: never give the id of one event to
    /// another, and send the versions of one event one after the other.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not as said.</exception>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder WithId(string id)
    {
        ThrowIfBuilt();
        SkalinEventId.Validate(id, nameof(id));
        _id = id;
        return this;
    }

    /// <summary>
    /// Derives the event's id from an id that the event has elsewhere, so that telling it again, also after a restart or from another machine,
    /// repeats the event rather than adding one.
    /// </summary>
    /// <param name="sourceId">
    /// The id of what happened, for example <c>order-4711/activated</c>: any text that is not white space alone. The same text always gives the same
    /// id: the last 16 digits, in base 36, of the number that the first 16 bytes of its SHA-256 hash (over UTF-8) are in big-endian order.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="sourceId"/> is blank, or has half of a surrogate pair.</exception>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder WithIdFrom(string sourceId)
    {
        ThrowIfBuilt();
        SkalinText.RefuseAsSourceId(sourceId, nameof(sourceId));
        _id = SkalinEventId.From(sourceId);
        return this;
    }

    /// <summary>Says when the event happened; the time of day in its own time zone is not told.</summary>
    /// <param name="timestamp">The moment, sent in UTC to the second.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder OccurredAt(DateTimeOffset timestamp) => SetTime(timestamp, localTime: null);

    /// <summary>Says when the event happened, and what time of day it was there.</summary>
    /// <param name="timestamp">The moment, sent in UTC to the second.</param>
    /// <param name="localTime">The time of day in the event's time zone, sent to the second.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder OccurredAt(DateTimeOffset timestamp, TimeOnly localTime) => SetTime(timestamp, localTime);

    /// <summary>Says when the event happened; the time of day in its own time zone is not told.</summary>
    /// <param name="timestamp">
    /// The moment, sent in UTC to the second. A <see cref="DateTimeKind.Local"/> time is converted by this machine's time zone.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The kind of <paramref name="timestamp"/> is <see cref="DateTimeKind.Unspecified"/>.</exception>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder OccurredAt(DateTime timestamp) => SetTime(ToUtc(timestamp), localTime: null);

    /// <summary>Says when the event happened, and what time of day it was there.</summary>
    /// <param name="timestamp">
    /// The moment, sent in UTC to the second. A <see cref="DateTimeKind.Local"/> time is converted by this machine's time zone.
    /// </param>
    /// <param name="localTime">The time of day in the event's time zone, sent to the second.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The kind of <paramref name="timestamp"/> is <see cref="DateTimeKind.Unspecified"/>.</exception>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder OccurredAt(DateTime timestamp, TimeOnly localTime) => SetTime(ToUtc(timestamp), localTime);

    /// <summary>Says what time of day it was where the event happened; the moment is not told.</summary>
    /// <param name="localTime">The time of day in the event's time zone, sent to the second.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The event was built.</exception>
    public SkalinEventBuilder OccurredAt(TimeOnly localTime) => SetTime(timestamp: null, localTime);

    /// <summary>Makes the event. The builder is spent by it.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentException">The feature is missing.</exception>
    /// <exception cref="InvalidOperationException">The event was built before.</exception>
    public SkalinEvent Build()
    {
        ThrowIfBuilt();
        var skalinEvent = new SkalinEvent(_id ?? SkalinEventId.New(), _customerId, _feature, _score, _timestamp, _localTime);

        _built = true;
        return skalinEvent;
    }

    private SkalinEventBuilder SetTime(DateTimeOffset? timestamp, TimeOnly? localTime)
    {
        ThrowIfBuilt();
        _timestamp = timestamp?.ToUniversalTime();
        _localTime = localTime;
        return this;
    }

    private static DateTimeOffset ToUtc(DateTime timestamp)
    {
        // C# would convert it to a DateTimeOffset silently, as if it were local.
        if (timestamp.Kind == DateTimeKind.Unspecified)
        {
            throw new ArgumentException(
                "The timestamp's kind must be Utc or Local, but was Unspecified. Pass a DateTimeOffset, or say which it is by DateTime.SpecifyKind.",
                nameof(timestamp));
        }

        return new DateTimeOffset(timestamp.ToUniversalTime());
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The builder has built its event already. Begin another one, or send the same event again.");
        }
    }
}
