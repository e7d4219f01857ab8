using System;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// What a <see cref="RecordingWebhookClient"/> returns, request after request; the last result is returned for all that follow.
/// </summary>
/// <remarks>
/// Begun by <see cref="RecordingWebhookClient.Returns(WebhookFailure)"/> and its like. Thread-safe.
/// </remarks>
public sealed class RecordedResults
{
    private readonly Turns<Func<WebhookRequest, WebhookResult>> _turns;

    internal RecordedResults(Func<WebhookRequest, WebhookResult> first)
    {
        _turns = new(first);
    }

    /// <summary>Adds a failure, or a success for <see cref="WebhookFailure.None"/>.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>These results.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not defined.</exception>
    public RecordedResults Then(WebhookFailure failure) => Then(ResultOf(failure));

    /// <summary>Adds a result.</summary>
    /// <param name="result">The result, from <see cref="WebhookResults"/>.</param>
    /// <returns>These results.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    public RecordedResults Then(WebhookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);

        return Then(_ => result);
    }

    /// <summary>Adds a result that depends on the request.</summary>
    /// <param name="choose">Finds the result. What it throws, sending throws.</param>
    /// <returns>These results.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="choose"/> is null.</exception>
    public RecordedResults Then(Func<WebhookRequest, WebhookResult> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        _turns.Add(choose);
        return this;
    }

    /// <summary>Returns the result that was added last <paramref name="count"/> times, itself included, before the next one.</summary>
    /// <param name="count">How often; at least 1.</param>
    /// <returns>These results.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public RecordedResults Times(int count)
    {
        _turns.RepeatLast(count);
        return this;
    }

    internal static WebhookResult ResultOf(WebhookFailure failure) =>
        failure == WebhookFailure.None ? WebhookResults.Succeeded() : WebhookResults.Failed(failure);

    internal WebhookResult For(WebhookRequest request) => _turns.Take()(request);
}
