using System;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Writes the body of an answer.</summary>
internal static class JsonAnswer
{
    public const string MediaType = "application/json";

    // It is JSON, not HTML: a + in a secret and an & in a URL stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type) =>
        WriteAsync(http, MediaType, writer => JsonSerializer.Serialize(writer, value, type));

    public static async Task WriteAsync(HttpContext http, string mediaType, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = mediaType;
        var writer = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        await using (writer.ConfigureAwait(false))
        {
            write(writer);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes values that are JSON already.</summary>
    public static void WriteArray(Utf8JsonWriter writer, IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        writer.WriteStartArray();

        foreach (ReadOnlyMemory<byte> value in values)
        {
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
    }
}
