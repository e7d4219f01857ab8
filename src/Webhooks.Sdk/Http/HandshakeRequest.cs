using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Makes the request of a handshake. The texts in it are the SDK's own or were validated, so that none needs escaping.
/// </summary>
internal static class HandshakeRequest
{
    private const int ChallengeBytes = 32;

    /// <summary>Makes a challenge that nobody can guess: 64 hexadecimal digits.</summary>
    public static string CreateChallenge() => RandomNumberGenerator.GetHexString(2 * ChallengeBytes, lowercase: true);

    public static WebhookRequest Create(WebhookEndpoint endpoint, WebhookHandshake handshake, string challenge, DateTimeOffset now) => handshake.Kind switch
    {
        WebhookHandshake.HandshakeKind.CloudEvents => Create(endpoint, HttpMethod.Options, endpoint.Url, OptionsHeaders(handshake), body: null),
        WebhookHandshake.HandshakeKind.PostedChallenge => Create(
            endpoint, HttpMethod.Post, endpoint.Url, [], $$"""{"type":"webhook.challenge","challenge":"{{challenge}}"}"""),
        WebhookHandshake.HandshakeKind.QueriedChallenge => Create(
            endpoint, HttpMethod.Get, ReceiverUrl.AppendQuery(endpoint.Url, $"{handshake.QueryName}={challenge}"), [], body: null),
        _ => Create(endpoint, HttpMethod.Post, endpoint.Url, [new("aeg-event-type", "SubscriptionValidation")], EventGridBody(challenge, now)),
    };

    private static WebhookRequest Create(
        WebhookEndpoint endpoint, HttpMethod method, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, string? body) =>
        new(
            WebhookId.NewRequestId(), method, url, headers, body is null ? default : Encoding.UTF8.GetBytes(body), body is null ? null : "application/json",
            isIdempotent: true, endpoint);

    private static List<KeyValuePair<string, string>> OptionsHeaders(WebhookHandshake handshake)
    {
        List<KeyValuePair<string, string>> headers = [new("WebHook-Request-Origin", handshake.Origin!)];

        if (handshake.CallbackUrl is { } callback)
        {
            headers.Add(new("WebHook-Request-Callback", callback.AbsoluteUri));
        }

        if (handshake.AttemptsPerMinute is { } rate)
        {
            headers.Add(new("WebHook-Request-Rate", rate.ToString(CultureInfo.InvariantCulture)));
        }

        return headers;
    }

    private static string EventGridBody(string challenge, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        [{"id":"{{challenge[..32]}}","topic":"","subject":"","data":{"validationCode":"{{challenge}}"},"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","eventTime":"{{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}}","metadataVersion":"1","dataVersion":"1"}]
        """);
}
