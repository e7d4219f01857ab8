using System;
using System.Collections.Generic;
using System.Text;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>A key of a version of its own, whose signature is the content itself; remembers what it was asked.</summary>
internal sealed class EchoKey(string version) : IWebhookVerificationKey
{
    public List<string> Asked { get; } = [];

    public string Version => version;

    public bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Asked.Add(Encoding.UTF8.GetString(content));
        return signature.SequenceEqual(content);
    }
}
