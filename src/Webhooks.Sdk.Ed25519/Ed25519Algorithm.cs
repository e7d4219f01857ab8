using System;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Ed25519;

/// <summary>
/// Ed25519 (RFC 8032, section 5.1) over spans, by OpenSSL.
/// </summary>
internal static unsafe class Ed25519Algorithm
{
    /// <summary>The bytes of a private key before anything is derived from it.</summary>
    public const int SeedLength = 32;

    /// <summary>The bytes of a public key.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>The bytes of a signature.</summary>
    public const int SignatureLength = 64;

    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there, or offers no ed25519.</exception>
    public static PKeyHandle ImportSeed(ReadOnlySpan<byte> seed)
    {
        OpenSsl.Require();

        fixed (byte* bytes = seed)
        {
            return Offered(OpenSsl.NewPrivateKey(OpenSsl.Ed25519, 0, bytes, (nuint)seed.Length));
        }
    }

    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there, or offers no ed25519.</exception>
    public static PKeyHandle ImportPublicKey(ReadOnlySpan<byte> key)
    {
        OpenSsl.Require();

        fixed (byte* bytes = key)
        {
            return Offered(OpenSsl.NewPublicKey(OpenSsl.Ed25519, 0, bytes, (nuint)key.Length));
        }
    }

    /// <summary>Writes the seed of a private key, and the public key after it.</summary>
    public static void ExportSeedAndPublicKey(PKeyHandle key, Span<byte> both)
    {
        nuint length = SeedLength;

        fixed (byte* bytes = both[..SeedLength])
        {
            ThrowUnless(OpenSsl.GetPrivateKey(key, bytes, ref length) == 1);
        }

        ExportPublicKey(key, both[SeedLength..]);
    }

    /// <summary>Writes the public key, which OpenSSL derives from a private one.</summary>
    public static void ExportPublicKey(PKeyHandle key, Span<byte> publicKey)
    {
        nuint length = PublicKeyLength;

        fixed (byte* bytes = publicKey[..PublicKeyLength])
        {
            ThrowUnless(OpenSsl.GetPublicKey(key, bytes, ref length) == 1);
        }
    }

    /// <summary>Signs a message, which may be empty.</summary>
    public static void Sign(PKeyHandle key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using DigestHandle digest = OpenSsl.NewDigest();
        ThrowUnless(!digest.IsInvalid && OpenSsl.SignInit(digest, 0, 0, 0, key) == 1);
        nuint length = SignatureLength;

        // Not null for an empty message: OpenSSL would only tell the length.
        fixed (byte* bytes = signature[..SignatureLength], content = message.IsEmpty ? signature : message)
        {
            ThrowUnless(OpenSsl.Sign(digest, bytes, ref length, content, (nuint)message.Length) == 1);
        }
    }

    /// <summary>Tells whether a signature of any length is the key's.</summary>
    public static bool Verify(PKeyHandle key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        using DigestHandle digest = OpenSsl.NewDigest();
        ThrowUnless(!digest.IsInvalid && OpenSsl.VerifyInit(digest, 0, 0, 0, key) == 1);

        fixed (byte* bytes = signature, content = message.IsEmpty ? signature : message)
        {
            bool isGenuine = OpenSsl.Verify(digest, bytes, SignatureLength, content, (nuint)message.Length) == 1;

            if (!isGenuine)
            {
                OpenSsl.ClearErrors();
            }

            return isGenuine;
        }
    }

    private static PKeyHandle Offered(PKeyHandle key)
    {
        if (!key.IsInvalid)
        {
            return key;
        }

        key.Dispose();
        OpenSsl.ClearErrors();
        throw new PlatformNotSupportedException("The OpenSSL of this machine offers no ed25519: its configuration (FIPS, for one) may leave it out.");
    }

    private static void ThrowUnless(bool isDone)
    {
        if (!isDone)
        {
            OpenSsl.ClearErrors();
            throw new CryptographicException("OpenSSL could not do its part of an ed25519 signature.");
        }
    }
}
