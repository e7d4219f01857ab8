using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk.Outbox;

/// <summary>Seals under a key that dies with the process: enough for a store that does, too.</summary>
internal sealed class ProcessSealer : IWebhookSealer
{
    private readonly WebhookKeySealer _sealer = new(WebhookSealingKey.Generate("process"));

    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose) => _sealer.Seal(clear, purpose);

    public bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear) =>
        _sealer.TryUnseal(sealedBytes, purpose, out clear);
}
