using System;
using System.Text.Json;
using Webhooks.Sdk.Benchmarks.Payloads;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// What is signed and sent: Skalin's event under an id, with the key of the example of Standard Webhooks.
/// </summary>
internal static class Example
{
    public const string Id = "evt_0196a1b2c3d47e5f8a9b0c1d2e3f4a5b";
    public const string Secret = "whsec_" + SecretBase64;

    private const string SecretBase64 = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static byte[] Key { get; } = Convert.FromBase64String(SecretBase64);

    public static byte[] Body { get; } = JsonSerializer.SerializeToUtf8Bytes(SkalinData.Example, PayloadJson.Default.SkalinData);

    /// <summary>
    /// Makes the event that is sent as <see cref="Body"/> where the format is the data alone.
    /// </summary>
    public static WebhookEvent Event { get; } = WebhookEvent.For("service.activated").WithId(Id).WithJson(Body).Build();

    public static WebhookEndpoint EndpointAt(Uri url) => new(url) { Secrets = [WebhookSecret.Parse(Secret)], Format = WebhookFormat.DataOnly };
}
