using System;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Writes the body of an answer by hand: the application's own JSON settings, its naming above all, must not change what clients read.</summary>
internal static class JsonAnswer
{
    // It is JSON, not HTML: a + in a secret and an & in a URL stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write) => WriteAsync(http, "application/json", write);

    public static async Task WriteAsync(HttpContext http, string mediaType, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = mediaType;
        var writer = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        await using (writer.ConfigureAwait(false))
        {
            write(writer);
            await writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }
}
