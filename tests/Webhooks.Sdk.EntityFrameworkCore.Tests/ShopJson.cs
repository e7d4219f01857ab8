using System.Text.Json.Serialization;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

[JsonSerializable(typeof(Invoice))]
internal sealed partial class ShopJson : JsonSerializerContext;
