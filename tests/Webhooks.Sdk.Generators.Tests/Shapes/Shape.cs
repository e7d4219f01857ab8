using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public abstract partial class Shape
{
    public string Kind { get; set; } = "shape";

    public virtual int Sides => 0;

    public int Hidden { get; set; } = 1;

    [JsonPropertyOrder(1)]
    public string Last { get; set; } = "last";
}
