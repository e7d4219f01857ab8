using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Writes answers, whatever the application's own JSON settings are: their naming must not change what clients read.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(SubscriptionBody))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SubscriptionAnswer>))]
[JsonSerializable(typeof(DeletionAnswer))]
[JsonSerializable(typeof(IReadOnlyList<EventTypeAnswer>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class AnswerJson : JsonSerializerContext;
