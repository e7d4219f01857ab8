namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public partial class Leaf
{
    public string? Name { get; set; }

    public Leaf? Next { get; set; }
}
