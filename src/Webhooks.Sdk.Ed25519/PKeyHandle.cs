using Microsoft.Win32.SafeHandles;

namespace Webhooks.Sdk.Ed25519;

/// <summary>
/// A key of OpenSSL's (<c>EVP_PKEY</c>), which clears its private half when it is freed. Several threads may use one at once, as long as none changes it.
/// </summary>
internal sealed class PKeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpenSsl.FreeKey(handle);
        return true;
    }
}
