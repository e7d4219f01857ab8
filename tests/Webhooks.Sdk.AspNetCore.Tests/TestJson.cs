using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore.Tests;

[JsonSerializable(typeof(Opportunity))]
[JsonSerializable(typeof(Invoice))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class TestJson : JsonSerializerContext;
