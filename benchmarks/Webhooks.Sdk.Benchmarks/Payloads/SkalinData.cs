using System;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// Skalin's event as its document shows it.
/// </summary>
[WebhookData]
public sealed partial record SkalinData(string EventId, string CustomerId, DateTime Ts, string Localtime, SkalinFeature Event)
{
    public static SkalinData Example { get; } =
        new("e07595f29f1928y5", "customer1234", new DateTime(2021, 5, 8, 12, 0, 5), "08:00:05", new SkalinFeature("ActivationService", 5));
}
