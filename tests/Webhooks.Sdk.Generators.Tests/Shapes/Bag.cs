using System.Collections;
using System.Collections.Generic;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial class Bag : IEnumerable<KeyValuePair<string, int>>
{
    public string? Name { get; set; }

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => throw new System.NotSupportedException("Data is not enumerated.");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
