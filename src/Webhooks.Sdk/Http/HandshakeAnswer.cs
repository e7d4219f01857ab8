using System;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Reads from an answer whether the receiver has consented.
/// </summary>
internal static class HandshakeAnswer
{
    public static WebhookHandshakeResult Read(
        WebhookHandshake handshake, string challenge, WebhookAttempt attempt, HttpResponseMessage answer, string text)
    {
        WebhookRate? rate = null;
        string? problem = handshake.Kind == WebhookHandshake.HandshakeKind.CloudEvents
            ? ReadConsent(handshake, attempt.StatusCode, answer.Headers, out rate)
            : ReadChallenge(handshake, challenge, attempt.StatusCode, text);

        return problem is null
            ? new(attempt, WebhookFailure.None, "The receiver has consented.", handshake.Origin, rate)
            : new(attempt, WebhookFailure.Rejected, problem, origin: null, allowedRate: null);
    }

    // Consent is in the headers and not in the status, but for the one that says that the receiver does not know the question.
    private static string? ReadConsent(WebhookHandshake handshake, int? statusCode, HttpResponseHeaders headers, out WebhookRate? rate)
    {
        rate = null;

        if (statusCode == 405)
        {
            return "The receiver does not answer OPTIONS requests (405).";
        }

        string? origin = Find(headers, "WebHook-Allowed-Origin");

        if (origin is null)
        {
            return "The answer has no WebHook-Allowed-Origin.";
        }

        if (origin != "*" && !origin.Equals(handshake.Origin, StringComparison.OrdinalIgnoreCase))
        {
            return "WebHook-Allowed-Origin names another origin.";
        }

        switch (Find(headers, "WebHook-Allowed-Rate"))
        {
            case "*":
            case null when handshake.AttemptsPerMinute is null:
                return null;

            case null:
                return "The answer has no WebHook-Allowed-Rate, although a rate was asked for.";

            case var allowed when int.TryParse(allowed, NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) && attempts > 0:
                rate = WebhookRate.PerMinute(Math.Min(attempts, WebhookRate.MostAttempts));
                return null;

            default:
                return "WebHook-Allowed-Rate is neither a positive number nor *.";
        }
    }

    private static string? ReadChallenge(WebhookHandshake handshake, string challenge, int? statusCode, string text)
    {
        if (statusCode is not (>= 200 and <= 299))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The answer has the status {statusCode}.");
        }

        bool isEventGrid = handshake.Kind == WebhookHandshake.HandshakeKind.EventGrid;
        string? echo = text.AsSpan().TrimStart().StartsWith('{')
            ? FindMember(text, isEventGrid ? "validationResponse" : "challenge")
            : isEventGrid ? null : text.Trim();

        // In constant time, as with everything that is secret: the time tells nothing of how much was right.
        return echo is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(echo), Encoding.UTF8.GetBytes(challenge))
            ? null
            : "The answer does not repeat the challenge.";
    }

    private static string? FindMember(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what GetString says of half a surrogate pair.
            return null;
        }
    }

    private static string? Find(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString().Trim() : null;
}
