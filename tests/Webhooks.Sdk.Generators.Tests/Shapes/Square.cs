namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial class Square : Shape
{
    public double Size { get; set; }

    public override int Sides => 4;

    public new string Hidden { get; set; } = "new";
}
