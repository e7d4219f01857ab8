using System;
using System.Security.Cryptography;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Renders sample events as deliveries would be.</summary>
internal static class Sample
{
    /// <summary>Gives a sample the id that it had the last time, too: clients tell records apart by it.</summary>
    public static ReadOnlyMemory<byte> Render(WebhookEvent sample, WebhookFormat format)
    {
        string id = $"smp_{Convert.ToHexStringLower(SHA256.HashData(sample.Data.Span).AsSpan(0, 16))}";
        return new WebhookEvent(id, sample.Type, sample.Timestamp, sample.Subject, sample.Source, sample.Data).Compose(format, defaultSource: null).Body;
    }
}
