namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

public sealed class ZapierClientTests : HookClientTests
{
    private protected override IHookClient CreateClient(SubscriptionApp app) => new ZapierClient(app);
}
