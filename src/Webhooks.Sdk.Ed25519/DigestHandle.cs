using Microsoft.Win32.SafeHandles;

namespace Webhooks.Sdk.Ed25519;

/// <summary>
/// The state of one signature that OpenSSL makes or verifies (<c>EVP_MD_CTX</c>). For one thread and one signature.
/// </summary>
internal sealed class DigestHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpenSsl.FreeDigest(handle);
        return true;
    }
}
