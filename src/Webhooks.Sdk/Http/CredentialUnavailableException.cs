using System;

namespace Webhooks.Sdk.Http;

/// <summary>
/// A user's token provider failed, so the request was not sent, or not with a token that the receiver accepts.
/// </summary>
internal sealed class CredentialUnavailableException(Exception cause) : Exception("The token provider of the endpoint's credential failed.", cause);
