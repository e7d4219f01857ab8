using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing.Differences;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// A client for unit tests that sends nothing: it records the requests, and returns the results that the test wants.
/// </summary>
/// <remarks>
/// Every request succeeds until it is told otherwise. There are no retries: one request, one result. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// var webhooks = new RecordingWebhookClient();
/// webhooks.Returns(WebhookFailure.Gone).Then(WebhookFailure.None);
/// services.AddWebhooks().AddSkalin(…).Services.AddSingleton&lt;IWebhookClient&gt;(webhooks);
/// …
/// webhooks.AssertSingleRequest().AssertMethod("POST").AssertJson("""{"n":1}""");
/// </code>
/// </example>
public sealed class RecordingWebhookClient : IWebhookClient
{
    private readonly Tally _requestCount = new("requests");
    private ImmutableList<WebhookRequest> _requests = [];
    private volatile RecordedResults _results = new(static _ => WebhookResults.Succeeded());

    /// <summary>Gets the requests so far, in the order in which they were sent.</summary>
    public IReadOnlyList<WebhookRequest> Requests => Volatile.Read(ref _requests);

    /// <summary>Returns a failure from the next request on, or a success for <see cref="WebhookFailure.None"/>, in place of the results so far.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>The new results, to add what comes after the first request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="failure"/> is not defined.</exception>
    public RecordedResults Returns(WebhookFailure failure) => Returns(RecordedResults.ResultOf(failure));

    /// <summary>Returns a result from the next request on, in place of the results so far.</summary>
    /// <param name="result">The result, from <see cref="WebhookResults"/>.</param>
    /// <returns>The new results, to add what comes after the first request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    public RecordedResults Returns(WebhookResult result)
    {
        ArgumentNullException.ThrowIfNull(result);

        return Returns(_ => result);
    }

    /// <summary>Returns a result that depends on the request, from the next one on, in place of the results so far.</summary>
    /// <param name="choose">Finds the result. What it throws, sending throws.</param>
    /// <returns>The new results, to add what comes after the first request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="choose"/> is null.</exception>
    public RecordedResults Returns(Func<WebhookRequest, WebhookResult> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);

        return _results = new RecordedResults(choose);
    }

    /// <inheritdoc/>
    public Task<WebhookResult> SendAsync(WebhookRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        ImmutableInterlocked.Update(ref _requests, static (requests, request) => requests.Add(request), request);

        try
        {
            return Task.FromResult(_results.For(request));
        }
        catch (Exception exception)
        {
            return Task.FromException<WebhookResult>(exception);
        }
        finally
        {
            _requestCount.Add();
        }
    }

    /// <summary>Waits until <paramref name="count"/> requests were sent, by a background worker for one; 30 seconds at most.</summary>
    /// <param name="count">How many, since the client was made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All requests so far: at least as many.</returns>
    /// <exception cref="WebhookAssertionException">Not as many were sent in 30 seconds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<WebhookRequest>> WaitForRequestsAsync(int count, CancellationToken cancellationToken = default)
    {
        await _requestCount.WaitForAsync(count, Tally.DefaultPatience, cancellationToken).ConfigureAwait(false);

        return Requests;
    }

    /// <summary>Asserts that one request was sent so far.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">None was sent, or several; the message lists them.</exception>
    public WebhookRequest AssertSingleRequest() => RequestComparison.Single(Requests);

    /// <summary>Asserts that no request was sent so far.</summary>
    /// <exception cref="WebhookAssertionException">One was sent, or several; the message lists them.</exception>
    public void AssertNoRequests() => RequestComparison.None(Requests);
}
