using System;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Whether an attempt may be made now: the place it has in its endpoint's lane, or why it has none.
/// </summary>
internal readonly struct Admission
{
    private Admission(LanePlace? place, WebhookFailure failure, TimeSpan? retryAfter)
    {
        Place = place;
        Failure = failure;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets the place; whoever asked for it gives it back by disposing it. Null when there is none.</summary>
    public LanePlace? Place { get; }

    /// <summary>Gets why there is no place: <see cref="WebhookFailure.Paced"/> or <see cref="WebhookFailure.CircuitOpen"/>.</summary>
    public WebhookFailure Failure { get; }

    /// <summary>Gets when asking again makes sense; null when that depends on the attempts that are under way.</summary>
    public TimeSpan? RetryAfter { get; }

    public static Admission Granted(LanePlace place) => new(place, WebhookFailure.None, retryAfter: null);

    public static Admission Paced(TimeSpan? retryAfter) => new(place: null, WebhookFailure.Paced, retryAfter);

    public static Admission CircuitOpen(TimeSpan retryAfter) => new(place: null, WebhookFailure.CircuitOpen, retryAfter);
}
