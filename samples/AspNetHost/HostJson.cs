using System.Text.Json.Serialization;

[JsonSerializable(typeof(Opportunity))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class HostJson : JsonSerializerContext;
