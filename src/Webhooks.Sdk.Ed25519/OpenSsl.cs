using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Webhooks.Sdk.Ed25519;

/// <summary>
/// The libcrypto of OpenSSL 3 that the platform has, and the functions of it that are used.
/// </summary>
/// <remarks>
/// Looked for once, under the names that it has on Linux, macOS and Windows. A version before 3 is taken for none: the names of its files differ, but
/// nobody knows what an administrator has linked.
/// </remarks>
internal static partial class OpenSsl
{
    /// <summary>The number that OpenSSL knows ed25519 by: <c>EVP_PKEY_ED25519</c>.</summary>
    public const int Ed25519 = 1087;

    private const string Library = "libcrypto";
    private const int LeastVersion = 3;

    private static readonly Lazy<nint> Loaded;

    static OpenSsl()
    {
        // After Names. A failure is not kept: who installs the library need not start anew.
        Loaded = new Lazy<nint>(static () => Load(Names), LazyThreadSafetyMode.PublicationOnly);
        NativeLibrary.SetDllImportResolver(typeof(OpenSsl).Assembly, static (name, _, _) => name == Library ? Loaded.Value : 0);
    }

    /// <summary>Gets the names under which the library is looked for, the likeliest first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        OperatingSystem.IsWindows() ? [WindowsName, "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3"];

    private static string WindowsName => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.Arm64 => "libcrypto-3-arm64.dll",
        Architecture.X86 => "libcrypto-3.dll",
        _ => "libcrypto-3-x64.dll",
    };

    /// <summary>Refuses to go on without OpenSSL 3.</summary>
    /// <exception cref="PlatformNotSupportedException">It is not there; the message says what to install.</exception>
    public static void Require() => _ = Loaded.Value;

    /// <summary>Loads the first library that is there.</summary>
    /// <exception cref="PlatformNotSupportedException">None is, or it is not OpenSSL 3.</exception>
    public static nint Load(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(OpenSsl).Assembly, DllImportSearchPath.SafeDirectories, out nint library))
            {
                continue;
            }

            if (VersionOf(library) >= LeastVersion)
            {
                return library;
            }

            NativeLibrary.Free(library);
        }

        throw new PlatformNotSupportedException(
            $"Signatures with ed25519 (v1a) need OpenSSL 3, which was not found as {string.Join(" or ", names)}. Install it: the package libssl3 of Debian and Ubuntu, "
            + "openssl-libs of Fedora and Red Hat, libcrypto3 of Alpine, openssl@3 of Homebrew; on Windows put the file beside the program.");
    }

    private static unsafe uint VersionOf(nint library) =>
        NativeLibrary.TryGetExport(library, "OPENSSL_version_major", out nint function) ? ((delegate* unmanaged<uint>)function)() : 0;

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    public static unsafe partial PKeyHandle NewPrivateKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    public static unsafe partial PKeyHandle NewPublicKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_private_key")]
    public static unsafe partial int GetPrivateKey(PKeyHandle key, byte* raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    public static unsafe partial int GetPublicKey(PKeyHandle key, byte* raw, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    public static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    public static partial DigestHandle NewDigest();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    public static partial void FreeDigest(nint digest);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    public static partial int SignInit(DigestHandle digest, nint keyContext, nint type, nint engine, PKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    public static unsafe partial int Sign(DigestHandle digest, byte* signature, ref nuint signatureLength, byte* message, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    public static partial int VerifyInit(DigestHandle digest, nint keyContext, nint type, nint engine, PKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    public static unsafe partial int Verify(DigestHandle digest, byte* signature, nuint signatureLength, byte* message, nuint length);

    /// <summary>Empties the thread's queue of errors, which others would take for their own.</summary>
    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();
}
