using System;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class EscapedTextTests
{
    [Fact]
    public void Release_AfterWriting_LeavesNothingInThePool()
    {
        var text = new EscapedText(64);
        text.AppendEscaped("code secret");
        ReadOnlySpan<char> kept = text.Written;

        text.Release();

        Assert.Equal(-1, kept.IndexOfAnyExcept('\0'));
    }

    [Fact]
    public void Growth_AfterWriting_LeavesNothingInThePool()
    {
        var text = new EscapedText(16);
        text.Append("code=secret");
        ReadOnlySpan<char> kept = text.Written;

        text.AppendEscaped(new string('é', 100));

        Assert.Equal(-1, kept.IndexOfAnyExcept('\0'));
        Assert.StartsWith("code=secret%C3%A9", text.Written.ToString(), StringComparison.Ordinal);
        text.Release();
    }
}
