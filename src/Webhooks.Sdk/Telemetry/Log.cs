using System;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// Everything the SDK logs: what a person needs to act, and never a path, a query, a header or a body.
/// </summary>
/// <remarks>Event ids are a contract: never reuse one, never renumber.</remarks>
internal static partial class Log
{
    private const string None = "none";

    [LoggerMessage(4, LogLevel.Warning, "The query of a webhook to {Receiver} has {Length} characters; many servers refuse more than {Limit}.")]
    public static partial void LongQuery(ILogger logger, string receiver, int length, int limit);

    [LoggerMessage(5, LogLevel.Warning, "The circuit breaker of {Receiver} opened: the receiver keeps failing and is left alone for {Duration}.")]
    public static partial void CircuitOpened(ILogger logger, string receiver, TimeSpan duration);

    [LoggerMessage(6, LogLevel.Information, "The circuit breaker of {Receiver} closed: the receiver works again.")]
    public static partial void CircuitClosed(ILogger logger, string receiver);

    public static void AttemptFailed(ILogger logger, WebhookRequest request, WebhookAttempt attempt, int maxAttempts, TimeSpan delay)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            AttemptFailed(
                logger, attempt.Number, maxAttempts, request.Receiver, attempt.Failure, OrNone(attempt.StatusCode), attempt.Error ?? None, delay);
        }
    }

    public static void Settled(ILogger logger, WebhookRequest request, WebhookResult result)
    {
        // Nothing is formatted unless somebody reads it.
        if (result.Succeeded)
        {
            if (logger.IsEnabled(LogLevel.Debug))
            {
                Delivered(logger, request.Receiver, result.StatusCode, result.Attempts.Count);
            }
        }
        else if (logger.IsEnabled(LogLevel.Warning))
        {
            NotDelivered(
                logger, request.Receiver, result.Attempts.Count, result.Failure, OrNone(result.StatusCode), result.Attempts[^1].Error ?? None);
        }
    }

    [LoggerMessage(
        20, LogLevel.Warning, "An event was stored, but no dispatcher runs in this process to deliver it: start a host, or call WebhookDispatcher.RunAsync. Said once.")]
    public static partial void NoDispatcher(ILogger logger);

    [LoggerMessage(
        21, LogLevel.Warning, "Webhook events are kept in memory and are lost when the process ends: add UseSqlite(…) or UsePostgreSql(…) for production.")]
    public static partial void StoreInMemory(ILogger logger);

    [LoggerMessage(22, LogLevel.Error, "The webhook store failed: {Error}. The dispatcher tries again in {Delay}.")]
    public static partial void StoreFailed(ILogger logger, string error, TimeSpan delay);

    [LoggerMessage(23, LogLevel.Warning, "{Count} results of webhook attempts came too late: the lease was lost, and somebody else went on with the deliveries.")]
    public static partial void CommitTooLate(ILogger logger, int count);

    [LoggerMessage(24, LogLevel.Warning, "Webhook endpoint {EndpointId} is {State}: {Cause}.")]
    public static partial void EndpointStopped(ILogger logger, string endpointId, string state, string cause);

    [LoggerMessage(25, LogLevel.Warning, "Webhook delivery {DeliveryId} to {EndpointId} was given up: {Reason}.")]
    public static partial void DeadLettered(ILogger logger, long deliveryId, string endpointId, string reason);

    [LoggerMessage(26, LogLevel.Error, "The callback that is told of disabled webhook endpoints threw {Error}.")]
    public static partial void CallbackFailed(ILogger logger, string error);

    [LoggerMessage(27, LogLevel.Error, "Webhook delivery {DeliveryId} to {EndpointId} could not be attempted: {Error}. It is tried again in {Delay}.")]
    public static partial void DeliveryFailed(ILogger logger, long deliveryId, string endpointId, string error, TimeSpan delay);

    // A number stays one for those who search by it; a null would leave a hole in the text.
    private static object OrNone(int? statusCode) => statusCode ?? (object)None;

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Webhook attempt {Attempt} of {MaxAttempts} to {Receiver}: {Failure}, status {StatusCode}, error {Error}; next attempt in {Delay}.")]
    private static partial void AttemptFailed(
        ILogger logger, int attempt, int maxAttempts, string receiver, WebhookFailure failure, object statusCode, string error, TimeSpan delay);

    [LoggerMessage(2, LogLevel.Debug, "Webhook delivered to {Receiver}: status {StatusCode} after {Attempts} attempt(s).")]
    private static partial void Delivered(ILogger logger, string receiver, int? statusCode, int attempts);

    [LoggerMessage(3, LogLevel.Warning, "Webhook not delivered to {Receiver} after {Attempts} attempt(s): {Failure}, status {StatusCode}, error {Error}.")]
    private static partial void NotDelivered(ILogger logger, string receiver, int attempts, WebhookFailure failure, object statusCode, string error);
}
