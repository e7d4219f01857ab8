using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Makes one attempt: the only way from the SDK to the network, for direct sends and durable deliveries alike.
/// </summary>
internal sealed partial class AttemptSender(
    IHttpMessageHandlerFactory handlers, TimeProvider timeProvider, EndpointLanes lanes, WebhookTelemetry telemetry)
{
    /// <summary>The name of the HTTP client whose handlers every attempt passes.</summary>
    public const string HttpClientName = "Webhooks.Sdk";

    private readonly Deadlines _deadlines = new(timeProvider);

    private Pipeline? _pipeline;

    private async ValueTask<AttemptOutcome> TransmitAsync(
        WebhookRequest request, WebhookEndpoint? endpoint, WebhookOptions options, int number, CancellationToken cancellationToken)
    {
        var attempt = new AttemptClock(timeProvider, number);

        if (attempt.StartedAt >= request.ExpiresAt)
        {
            return Fail(request, attempt.End(statusCode: null, WebhookFailure.Expired, error: null));
        }

        if (request.Body.Length > (endpoint?.Limits.MaxRequestBodySize ?? options.MaxRequestBodySize))
        {
            return Fail(request, attempt.End(statusCode: null, WebhookFailure.RequestTooLarge, error: null));
        }

        // Outside the try: a handler that cannot be made is a mistake of the application's and no fault of the receiver's.
        Pipeline pipeline = GetPipeline();
        using AttemptRequest message = AttemptRequestFactory.Create(request, endpoint, options);
        message.IsWatched = pipeline.IsOurs;
        CancellationTokenSource deadline = _deadlines.Start(endpoint?.Limits.AttemptTimeout ?? options.AttemptTimeout);
        CancellationTokenRegistration cancellation =
            cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);

        try
        {
            using HttpResponseMessage answer = await pipeline.Invoker.SendAsync(message, deadline.Token).ConfigureAwait(false);
            (string text, bool isComplete, Exception? error) =
                await CappedBody.ReadAsync(answer, options.MaxResponseBodySize, deadline.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            WebhookResponseRule rule = endpoint?.Rule ?? WebhookResponseRule.Default;
            var read = new WebhookAnswer((int)answer.StatusCode, answer.Headers, text, isComplete);
            WebhookFailure failure = ToFailure(rule.Judge(read), error, deadline.IsCancellationRequested);
            TimeSpan? retryAfter = failure is WebhookFailure.Throttled or WebhookFailure.ReceiverFailed ? rule.ReadWait(read, timeProvider.GetUtcNow()) : null;
            return Settle(request, attempt.End(read.StatusCode, failure, error), answer, text, retryAfter);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            WebhookFailure failure = AttemptFault.Classify(exception, message, deadline.IsCancellationRequested);
            return Fail(request, attempt.End(statusCode: null, failure, exception), AttemptFault.IsOfReceiver(failure, exception, message));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            // First the registration, so that a late cancellation cannot reach whoever has the deadline next.
            await cancellation.DisposeAsync().ConfigureAwait(false);
            _deadlines.End(deadline);
        }
    }

    private static WebhookFailure ToFailure(WebhookVerdict verdict, Exception? error, bool isTimedOut) => verdict switch
    {
        WebhookVerdict.Delivered => WebhookFailure.None,
        WebhookVerdict.Rejected => WebhookFailure.Rejected,
        WebhookVerdict.ReceiverFailed => WebhookFailure.ReceiverFailed,
        WebhookVerdict.Throttled => WebhookFailure.Throttled,
        WebhookVerdict.Gone => WebhookFailure.Gone,
        WebhookVerdict.Disabled => WebhookFailure.Disabled,
        _ when error is null => WebhookFailure.Undecided,
        _ => isTimedOut ? WebhookFailure.TimedOut : WebhookFailure.ConnectionLost,
    };

    private static AttemptOutcome Fail(WebhookRequest request, WebhookAttempt attempt, bool isReceiverFault = false) =>
        new() { Request = request, Attempt = attempt, MayRetry = MayRetry(request, attempt.Failure), IsReceiverFault = isReceiverFault };

    private static bool MayRetry(WebhookRequest request, WebhookFailure failure) => failure switch
    {
        WebhookFailure.ReceiverFailed or WebhookFailure.Throttled or WebhookFailure.NotReceived => true,
        WebhookFailure.ConnectionLost or WebhookFailure.TimedOut => request.IsIdempotent,
        _ => false,
    };

    private static AttemptOutcome Settle(WebhookRequest request, WebhookAttempt attempt, HttpResponseMessage answer, string text, TimeSpan? retryAfter) => new()
    {
        Request = request,
        Attempt = attempt,
        Answer = answer,
        ResponseText = text,
        RetryAfter = retryAfter,
        MayRetry = MayRetry(request, attempt.Failure),
        IsReceiverFault = attempt.Failure is WebhookFailure.ReceiverFailed or WebhookFailure.ConnectionLost or WebhookFailure.TimedOut,
    };

    private static bool EndsInOurTransport(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler;
        }

        return handler is WebhookTransport;
    }

    private Pipeline GetPipeline()
    {
        // The factory hands out the same handler until its lifetime ends, so asking it each time costs a look-up and never holds on to an old one.
        HttpMessageHandler handler = handlers.CreateHandler(HttpClientName);
        Pipeline? current = _pipeline;

        if (current?.Handler != handler)
        {
            current = new Pipeline(handler, new HttpMessageInvoker(handler, disposeHandler: false), EndsInOurTransport(handler));
            _pipeline = current;
        }

        return current;
    }

    // A reference, so that all are seen together by every thread.
    private sealed record Pipeline(HttpMessageHandler Handler, HttpMessageInvoker Invoker, bool IsOurs);
}
