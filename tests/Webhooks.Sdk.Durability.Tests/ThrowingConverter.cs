using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A converter of the application's with a fault.</summary>
internal sealed class ThrowingConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => throw new NotSupportedException("It cannot be written.");
}
