using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookOptionsTests
{
    [Fact]
    public void UserAgent_ByDefault_NamesTheLibraryAndItsVersion()
    {
        Assert.Equal("Webhooks.Sdk/0.1.0", new WebhookOptions().UserAgent);
    }
}
