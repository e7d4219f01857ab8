namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

public sealed class MakeClientTests : HookClientTests
{
    private protected override IHookClient CreateClient(SubscriptionApp app) => new MakeClient(app);
}
