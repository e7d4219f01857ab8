using System.Text.Json.Nodes;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>An event type that can be subscribed to.</summary>
internal sealed record EventTypeAnswer(string Type, string? Description, JsonNode Schema);
