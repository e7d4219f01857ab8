using System;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Thrown when what was sent is not what a test expected. Any test framework reports it as a failure.
/// </summary>
/// <remarks>
/// The message shows what was sent (URLs, headers, bodies), so that it can be compared: keep real secrets out of tests.
/// </remarks>
public sealed class WebhookAssertionException : Exception
{
    internal WebhookAssertionException(string message)
        : base(message)
    {
    }
}
