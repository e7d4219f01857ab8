using System;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A user's signer failed, so the request was not sent this time.
/// </summary>
/// <param name="cause">What the signer threw.</param>
/// <param name="isFirstSending">Whether it is certain that no handler outside has sent the request before.</param>
internal sealed class SignerFailedException(Exception cause, bool isFirstSending) : Exception("A signer of the endpoint failed.", cause)
{
    public bool IsFirstSending => isFirstSending;
}
