using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Makes one attempt: the only way from the SDK to the network, for direct sends and durable deliveries alike.
/// </summary>
internal sealed class AttemptSender(IHttpMessageHandlerFactory handlers, TimeProvider timeProvider)
{
    /// <summary>The name of the HTTP client whose handlers every attempt passes.</summary>
    public const string HttpClientName = "Webhooks.Sdk";

    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// The endpoint is registered by name, and its options are no longer valid. Nothing else is thrown.
    /// </exception>
    public async ValueTask<AttemptOutcome> SendAsync(
        WebhookRequest request, WebhookOptions options, int number, CancellationToken cancellationToken)
    {
        DateTimeOffset startedAt = timeProvider.GetUtcNow();
        long started = timeProvider.GetTimestamp();

        // Once for the attempt: what the operator changed since the last one counts.
        WebhookEndpoint? endpoint = request.CurrentEndpoint;

        if (request.Body.Length > (endpoint?.Limits.MaxRequestBodySize ?? options.MaxRequestBodySize))
        {
            return Failed(WebhookFailure.RequestTooLarge, error: null);
        }

        using var deadline = new CancellationTokenSource(endpoint?.Limits.AttemptTimeout ?? options.AttemptTimeout, timeProvider);
        using CancellationTokenRegistration cancellation =
            cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        using AttemptRequest message = AttemptRequestFactory.Create(request, endpoint, options);

        // Outside the try: a handler that cannot be made is a mistake of the application's and no fault of the receiver's.
        using var invoker = new HttpMessageInvoker(handlers.CreateHandler(HttpClientName), disposeHandler: false);

        try
        {
            using HttpResponseMessage answer = await invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            (string text, Exception? error) =
                await CappedBody.ReadAsync(answer, options.MaxResponseBodySize, deadline.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            return Answered(answer, text, error);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return Failed(AttemptFault.Classify(exception, message, deadline.IsCancellationRequested), AttemptFault.Describe(exception));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        AttemptOutcome Answered(HttpResponseMessage answer, string text, Exception? error)
        {
            WebhookResponseRule rule = endpoint?.Rule ?? WebhookResponseRule.Default;
            WebhookVerdict verdict = rule.Judge(new WebhookAnswer((int)answer.StatusCode, answer.Headers, text, isComplete: error is null));
            WebhookFailure failure = ToFailure(verdict, error, deadline.IsCancellationRequested);

            return new AttemptOutcome
            {
                Attempt = Attempt((int)answer.StatusCode, failure, error is null ? null : AttemptFault.Describe(error)),
                Answer = answer,
                ResponseText = text,
                RetryAfter = failure is WebhookFailure.Throttled or WebhookFailure.ReceiverFailed
                    ? RetryAfter.Read(answer.Headers, timeProvider.GetUtcNow())
                    : null,
                MayRetry = MayRetry(failure),
            };
        }

        AttemptOutcome Failed(WebhookFailure failure, string? error) =>
            new() { Attempt = Attempt(statusCode: null, failure, error), MayRetry = MayRetry(failure) };

        WebhookAttempt Attempt(int? statusCode, WebhookFailure failure, string? error) =>
            new(number, startedAt, timeProvider.GetElapsedTime(started), statusCode, failure, error);

        bool MayRetry(WebhookFailure failure) => failure switch
        {
            WebhookFailure.ReceiverFailed or WebhookFailure.Throttled or WebhookFailure.NotReceived => true,
            WebhookFailure.ConnectionLost or WebhookFailure.TimedOut => request.IsIdempotent,
            _ => false,
        };
    }

    private static WebhookFailure ToFailure(WebhookVerdict verdict, Exception? error, bool isTimedOut) => verdict switch
    {
        WebhookVerdict.Delivered => WebhookFailure.None,
        WebhookVerdict.Rejected => WebhookFailure.Rejected,
        WebhookVerdict.ReceiverFailed => WebhookFailure.ReceiverFailed,
        WebhookVerdict.Throttled => WebhookFailure.Throttled,
        WebhookVerdict.Gone => WebhookFailure.Gone,
        _ => error is not null && isTimedOut ? WebhookFailure.TimedOut : WebhookFailure.ConnectionLost,
    };
}
