using System;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData(Naming = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
public sealed partial class Options
{
    public string? FirstName { get; set; }

    public int? AgeInYears { get; set; }

    public Leaf? Leaf { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? AlwaysThere { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Count { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid Id { get; set; }

    [JsonIgnore]
    public object? Hidden { get; set; }

    [JsonPropertyName("the \"name\" \\ \u0001é\u2028")]
    public string? Odd { get; set; }

    [JsonPropertyOrder(-1)]
    public Uri? First { get; set; }

    [JsonInclude]
    internal int Included { get; set; }

    [JsonInclude]
    public int Field;

    public static int Static => 1;

    public int WriteOnly
    {
        set => Field = value;
    }

    public string this[int index] => "";

    internal int Internal { get; set; }
}
