using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Serializes typed values by System.Text.Json, in the form in which webhooks carry JSON.
/// </summary>
internal static class TypedJson
{
    /// <summary>
    /// Writes <paramref name="value"/> as UTF-8. The options of the type's context hold, but for the default encoder: it escapes for HTML, which a
    /// body of <c>application/json</c> is not, and makes French text a third longer.
    /// </summary>
    public static byte[] ToUtf8Bytes<T>(T value, JsonTypeInfo<T> jsonTypeInfo)
    {
        JsonSerializerOptions options = jsonTypeInfo.Options;
        var writerOptions = new JsonWriterOptions
        {
            Encoder = options.Encoder ?? JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = options.WriteIndented,
            IndentCharacter = options.IndentCharacter,
            IndentSize = options.IndentSize,
            NewLine = options.NewLine,
            MaxDepth = options.MaxDepth,

            // The serializer writes no JSON that needs validation.
            SkipValidation = true,
        };

        using var buffer = new PooledBufferWriter();
        using var writer = new Utf8JsonWriter(buffer, writerOptions);
        JsonSerializer.Serialize(writer, value, jsonTypeInfo);
        writer.Flush();
        return buffer.ToArray();
    }
}
