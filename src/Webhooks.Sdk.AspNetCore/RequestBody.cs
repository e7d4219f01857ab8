using System;
using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Reads the JSON object of a request from a stranger: no more of it than is allowed, and nothing that two readers could understand in two ways.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly JsonDocument _document;

    private RequestBody(JsonDocument document)
    {
        _document = document;
    }

    public JsonElement Root => _document.RootElement;

    /// <exception cref="RequestProblemException">The body is no JSON object, too long or too deep, or a member comes twice.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext http, int maxSize, int maxDepth)
    {
        RequireJson(http.Request.ContentType);
        byte[] bytes = await ReadBytesAsync(http, maxSize).ConfigureAwait(false);
        JsonDocument document = Parse(bytes, maxDepth);

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new RequestBody(document);
        }

        document.Dispose();
        throw new RequestProblemException(StatusCodes.Status400BadRequest, "The body is not a JSON object.");
    }

    public void Dispose() => _document.Dispose();

    // What a form on a foreign page can send is not accepted: it would come with the cookies of whoever looks at the page.
    private static void RequireJson(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            || !type.MatchesMediaType("application/json")
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestProblemException(StatusCodes.Status415UnsupportedMediaType, "Send JSON in UTF-8, with the header Content-Type: application/json.");
        }
    }

    private static async ValueTask<byte[]> ReadBytesAsync(HttpContext http, int maxSize)
    {
        RefuseLarger(http.Request.ContentLength ?? 0, maxSize);
        PipeReader reader = http.Request.BodyReader;

        while (true)
        {
            ReadResult read = await reader.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            RefuseLarger(read.Buffer.Length, maxSize);

            if (read.IsCompleted)
            {
                byte[] bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static void RefuseLarger(long size, int maxSize)
    {
        if (size > maxSize)
        {
            throw new RequestProblemException(
                StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {maxSize:N0} bytes."));
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> bytes, int maxDepth)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];

        try
        {
            return JsonDocument.Parse(
                bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Its text is not passed on: it quotes the body.
            throw new RequestProblemException(
                StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"The body is not valid JSON (RFC 8259), nests deeper than {maxDepth}, or has a member twice."));
        }
    }
}
