using System;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// The code that a user would write without this library: a careful one, who copies no more than must be and keeps what can be kept.
/// </summary>
internal static class HandWritten
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>
    /// Posts finished bytes, unsigned: the least that an <see cref="HttpClient"/> can be asked to do.
    /// </summary>
    public static async Task<int> PostAsync(HttpClient client, Uri url, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using HttpResponseMessage answer = await client.PostAsync(url, content).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }

    /// <summary>
    /// Signs finished bytes as Standard Webhooks says, and posts them.
    /// </summary>
    public static async Task<int> PostSignedAsync(HttpClient client, Uri url, byte[] key, string id, byte[] body)
    {
        string timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        message.Headers.Add("webhook-id", id);
        message.Headers.Add("webhook-timestamp", timestamp);
        message.Headers.Add("webhook-signature", "v1," + Sign(key, id, timestamp, body));
        using HttpResponseMessage answer = await client.SendAsync(message).ConfigureAwait(false);
        return (int)answer.StatusCode;
    }

    /// <summary>
    /// Gives the signature as most code does, by one string that holds all that is signed.
    /// </summary>
    public static string SignByStrings(byte[] key, string id, string timestamp, byte[] body)
    {
        string signed = $"{id}.{timestamp}.{Encoding.UTF8.GetString(body)}";
        return Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }

    /// <summary>
    /// Gives the signature with one copy of the body and no string but the last.
    /// </summary>
    public static string Sign(byte[] key, string id, string timestamp, byte[] body)
    {
        byte[] signed = new byte[id.Length + timestamp.Length + 2 + body.Length];
        int length = Encoding.ASCII.GetBytes(id, signed);
        signed[length++] = (byte)'.';
        length += Encoding.ASCII.GetBytes(timestamp, signed.AsSpan(length));
        signed[length++] = (byte)'.';
        body.CopyTo(signed, length);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, signed, mac);
        return Convert.ToBase64String(mac);
    }
}
