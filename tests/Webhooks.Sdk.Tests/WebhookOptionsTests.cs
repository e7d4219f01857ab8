using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookOptionsTests
{
    [Fact]
    public void UserAgent_ByDefault_NamesTheLibraryAndItsVersion()
    {
        Assert.Equal($"Webhooks.Sdk/{typeof(WebhookOptions).Assembly.GetName().Version!.ToString(3)}", new WebhookOptions().UserAgent);
    }
}
