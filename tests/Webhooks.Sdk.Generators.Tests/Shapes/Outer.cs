namespace Webhooks.Sdk.Generators.Tests.Shapes;

public static partial class Outer
{
    public partial record struct Middle<T>
    {
        [WebhookData]
        internal sealed partial class @class
        {
            public string? @namespace { get; set; }

            public string? position { get; set; }

            public string? destination { get; set; }

            public string? length { get; set; }
        }
    }
}
