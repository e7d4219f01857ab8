namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public partial struct Point
{
    public int X { get; set; }

    public double? Y { get; set; }
}
