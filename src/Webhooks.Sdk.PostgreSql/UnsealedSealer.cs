using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Seals nothing, which <see cref="WebhookPostgreSqlOptions.AllowUnsealed"/> asks for; what it wrote is told from what was sealed.</summary>
internal sealed class UnsealedSealer : IWebhookSealer
{
    private static ReadOnlySpan<byte> Mark => "unsealed:"u8;

    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose) => [.. Mark, .. clear];

    public bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear)
    {
        clear = sealedBytes.StartsWith(Mark) ? sealedBytes[Mark.Length..].ToArray() : null;
        return clear is not null;
    }
}
