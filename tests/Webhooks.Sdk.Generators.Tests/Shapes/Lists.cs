using System.Collections.Generic;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public partial class Lists
{
    public int[]? Array { get; set; }

    public int[][]? Jagged { get; set; }

    public List<int?>? List { get; set; }

    public IReadOnlyList<Leaf>? Leaves { get; set; }

    public IList<Point>? Points { get; set; }

    public ICollection<string>? Collection { get; set; }

    public HashSet<string>? Set { get; set; }

    public Collection<bool>? Objects { get; set; }

    public ImmutableArray<double> Immutable { get; set; }

    public ImmutableList<double>? ImmutableList { get; set; }

    public Dictionary<string, int>? Dictionary { get; set; }

    public IReadOnlyDictionary<string, List<Leaf?>?>? Nested { get; set; }

    public SortedDictionary<string, Dictionary<string, Point>>? Deep { get; set; }
}
