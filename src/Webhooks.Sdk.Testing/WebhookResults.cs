using System;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Makes results for tests, of one attempt each, that took no time.
/// </summary>
public static class WebhookResults
{
    /// <summary>Makes the result of a webhook that was accepted with status 200 and no text.</summary>
    /// <returns>The result.</returns>
    public static WebhookResult Succeeded() => Succeeded(200, "");

    /// <summary>Makes the result of a webhook that was accepted.</summary>
    /// <param name="statusCode">The status of the answer, from 200 to 299.</param>
    /// <param name="responseText">The text of the answer.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="responseText"/> is null.</exception>
    public static WebhookResult Succeeded(int statusCode, string responseText)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 299);
        ArgumentNullException.ThrowIfNull(responseText);

        return Create(WebhookFailure.None, statusCode, responseText, retryAfter: null);
    }

    /// <summary>
    /// Makes the result of a webhook that failed in a certain way, with the status that is most usual for it: 400, 503, 429, 410 or 200, and none
    /// where no answer came.
    /// </summary>
    /// <param name="failure">Why it was not delivered.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="failure"/> is <see cref="WebhookFailure.None"/>, which is no failure, or not defined.
    /// </exception>
    public static WebhookResult Failed(WebhookFailure failure)
    {
        ThrowIfNotFailure(failure);

        int? statusCode = failure switch
        {
            WebhookFailure.Rejected => 400,
            WebhookFailure.ReceiverFailed => 503,
            WebhookFailure.Throttled => 429,
            WebhookFailure.Gone => 410,
            WebhookFailure.Disabled => 503,
            WebhookFailure.Undecided => 200,
            _ => null,
        };

        return Create(failure, statusCode, statusCode is null ? null : "", retryAfter: null);
    }

    /// <summary>Makes the result of a webhook that was answered, but not accepted.</summary>
    /// <param name="failure">Why it was not delivered.</param>
    /// <param name="statusCode">The status of the answer, from 200 (for a rule that reads the body) to 999.</param>
    /// <param name="responseText">The text of the answer.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="failure"/> is <see cref="WebhookFailure.None"/>, which is no failure, or not defined; or <paramref name="statusCode"/> is
    /// not such a status.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="responseText"/> is null.</exception>
    public static WebhookResult Failed(WebhookFailure failure, int statusCode, string responseText)
    {
        ThrowIfNotFailure(failure);
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 999);
        ArgumentNullException.ThrowIfNull(responseText);

        return Create(failure, statusCode, responseText, retryAfter: null);
    }

    /// <summary>Makes the result of a webhook whose receiver asked with status 429 to be called later.</summary>
    /// <param name="retryAfter">How long it asked to wait.</param>
    /// <returns>The result.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retryAfter"/> is negative.</exception>
    public static WebhookResult Throttled(TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter, TimeSpan.Zero);

        return Create(WebhookFailure.Throttled, 429, "", retryAfter);
    }

    private static void ThrowIfNotFailure(WebhookFailure failure)
    {
        if (failure == WebhookFailure.None || !Enum.IsDefined(failure))
        {
            throw new ArgumentOutOfRangeException(nameof(failure), failure, "This is no failure; for a success there is WebhookResults.Succeeded.");
        }
    }

    private static WebhookResult Create(WebhookFailure failure, int? statusCode, string? responseText, TimeSpan? retryAfter)
    {
        var attempt = new WebhookAttempt(1, TimeProvider.System.GetUtcNow(), TimeSpan.Zero, statusCode, failure, error: null);

        return new WebhookResult(failure, [attempt], responseText, [], retryAfter);
    }
}
