using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Writes a whole request as bytes, and reads it back; its endpoint is known by name.
/// </summary>
internal static class StoredRequest
{
    private const byte FormatVersion = 1;

    public static string Purpose(Guid eventKey) => $"request:{eventKey:N}";

    public static byte[] Write(WebhookRequest request)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(FormatVersion);
        writer.Write(request.Id);
        writer.Write(request.Method.Method);
        writer.Write(request.Url.OriginalString);
        writer.Write(StoredUrl.IsOpaque(request.Url));
        writer.Write(request.IsIdempotent);
        writer.Write(request.MediaType is not null);
        writer.Write(request.MediaType ?? string.Empty);
        writer.Write(request.Headers.Count);

        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            writer.Write(header.Key);
            writer.Write(header.Value);
        }

        writer.Write(request.Body.Length);
        writer.Write(request.Body.Span);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of a newer version.</exception>
    public static WebhookRequest Read(byte[] bytes, WebhookEndpoint endpoint)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));

        if (reader.ReadByte() is var version and not FormatVersion)
        {
            throw new InvalidDataException($"The request is stored in version {version}, but this is version {FormatVersion}; update the application.");
        }

        string id = reader.ReadString();
        var method = HttpMethod.Parse(reader.ReadString());
        Uri url = StoredUrl.Read(reader.ReadString(), isOpaque: reader.ReadBoolean());
        bool isIdempotent = reader.ReadBoolean();
        bool hasMediaType = reader.ReadBoolean();
        string mediaType = reader.ReadString();
        var headers = new KeyValuePair<string, string>[reader.ReadInt32()];

        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = new(reader.ReadString(), reader.ReadString());
        }

        byte[] body = reader.ReadBytes(reader.ReadInt32());
        return new WebhookRequest(id, method, url, headers, body, hasMediaType ? mediaType : null, isIdempotent, endpoint);
    }
}
