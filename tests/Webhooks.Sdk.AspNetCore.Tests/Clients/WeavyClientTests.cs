namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

public sealed class WeavyClientTests : HookClientTests
{
    private protected override IHookClient CreateClient(SubscriptionApp app) => new WeavyClient(app);
}
