namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

public sealed class N8nClientTests : HookClientTests
{
    private protected override IHookClient CreateClient(SubscriptionApp app) => new N8nClient(app);
}
