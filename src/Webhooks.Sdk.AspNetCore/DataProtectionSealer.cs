using System;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Seals with the application's key ring. Old keys of it unseal what they have sealed, expired ones too.</summary>
internal sealed class DataProtectionSealer(IDataProtectionProvider provider) : IWebhookSealer
{
    private const string Application = "Webhooks.Sdk";

    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose) => ProtectorOf(purpose).Protect(clear.ToArray());

    public bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear)
    {
        try
        {
            clear = ProtectorOf(purpose).Unprotect(sealedBytes.ToArray());
            return true;
        }
        catch (CryptographicException)
        {
            clear = null;
            return false;
        }
    }

    private IDataProtector ProtectorOf(string purpose) => provider.CreateProtector(Application, purpose);
}
