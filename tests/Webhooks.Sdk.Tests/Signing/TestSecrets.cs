using System;
using System.Globalization;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>The secrets of the published vectors, and what a receiver does with one.</summary>
internal static class TestSecrets
{
    public const string TextA = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string TextB = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    public static WebhookSecret A { get; } = WebhookSecret.Parse(TextA);

    public static WebhookSecret B { get; } = WebhookSecret.Parse(TextB);

    /// <summary>Verifies what a server received, by the clock of the test.</summary>
    public static WebhookVerification Verify(this RecordedRequest request, TimeProvider time, params WebhookSecret[] secrets) =>
        new WebhookVerifier(secrets) { TimeProvider = time }.Verify(request.Header, request.Body);

    public static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
