namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

public sealed class PowerAutomateClientTests : HookClientTests
{
    private protected override IHookClient CreateClient(SubscriptionApp app) => new PowerAutomateClient(app);
}
