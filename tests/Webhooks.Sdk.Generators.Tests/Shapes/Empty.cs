namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial class Empty;
