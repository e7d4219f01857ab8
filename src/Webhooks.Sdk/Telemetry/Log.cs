using System;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// Everything the SDK logs: what a person needs to act, and never a path, a query, a header or a body.
/// </summary>
/// <remarks>Event ids are a contract: never reuse one, never renumber.</remarks>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Webhook attempt {Attempt} of {MaxAttempts} failed ({Failure}, status {StatusCode}); next attempt in {Delay}.")]
    public static partial void AttemptFailed(
        ILogger logger, int attempt, int maxAttempts, WebhookFailure failure, int? statusCode, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Warning, "The query of a webhook to {Receiver} has {Length} characters; many servers refuse more than {Limit}.")]
    public static partial void LongQuery(ILogger logger, string receiver, int length, int limit);

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
            NotDelivered(logger, request.Receiver, result.Failure, result.StatusCode, result.Attempts.Count, result.Attempts[^1].Error);
        }
    }

    [LoggerMessage(2, LogLevel.Debug, "Webhook delivered to {Receiver}: status {StatusCode} after {Attempts} attempts.")]
    private static partial void Delivered(ILogger logger, string receiver, int? statusCode, int attempts);

    [LoggerMessage(3, LogLevel.Warning, "Webhook not delivered to {Receiver}: {Failure}, status {StatusCode} after {Attempts} attempts ({Error}).")]
    private static partial void NotDelivered(ILogger logger, string receiver, WebhookFailure failure, int? statusCode, int attempts, string? error);
}
