using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>What a server answered, read to the end.</summary>
internal sealed record HttpAnswer(int Status, Uri? Location, string? MediaType, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Id => Json.GetProperty("id").GetString()!;

    public static async Task<HttpAnswer> OfAsync(Task<HttpResponseMessage> sending)
    {
        using HttpResponseMessage answer = await sending;
        return new HttpAnswer(
            (int)answer.StatusCode, answer.Headers.Location, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    public static Task<HttpAnswer> GetAsync(HttpClient client, string path) => OfAsync(client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

    public static Task<HttpAnswer> DeleteAsync(HttpClient client, string path) => OfAsync(client.DeleteAsync(new Uri(path, UriKind.RelativeOrAbsolute)));

    public static Task<HttpAnswer> PostAsync(HttpClient client, string path, string json, string mediaType = "application/json") =>
        PostAsync(client, path, Encoding.UTF8.GetBytes(json), mediaType);

    public static async Task<HttpAnswer> PostAsync(HttpClient client, string path, byte[] body, string? mediaType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return await OfAsync(client.PostAsync(new Uri(path, UriKind.Relative), content));
    }
}
