using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Benchmarks.Payloads;

/// <summary>
/// System.Text.Json's source-generated serializers of the payloads.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SkalinData))]
[JsonSerializable(typeof(SkalinData[]))]
[JsonSerializable(typeof(CrmData))]
[JsonSerializable(typeof(TextData))]
internal sealed partial class PayloadJson : JsonSerializerContext;
