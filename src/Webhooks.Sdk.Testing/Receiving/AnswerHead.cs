using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Text;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// Writes the lines before the body of an answer.
/// </summary>
internal static class AnswerHead
{
    /// <summary>One of the headers of an answer whose headers never end.</summary>
    public static byte[] EndlessHeader { get; } = Encoding.Latin1.GetBytes($"X-Endless: {new string('a', 1024)}\r\n");

    public static byte[] StatusLine(int statusCode, bool isHttp10 = false)
    {
        using var named = new HttpResponseMessage((HttpStatusCode)statusCode);

        return Encoding.Latin1.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"HTTP/1.{(isHttp10 ? 0 : 1)} {statusCode} {named.ReasonPhrase}\r\n"));
    }

    /// <summary>The header lines, without the empty line that ends them.</summary>
    public static byte[] Headers(AnswerPlan plan, ReceivedRequest request)
    {
        var lines = new StringBuilder();

        foreach ((string name, string value) in plan.Headers)
        {
            Append(lines, name, value);
        }

        if (plan.RedirectsToItself)
        {
            Append(lines, "Location", request.Target);
        }

        Append(lines, "Content-Type", plan.Body.MediaType);
        Append(lines, "Content-Encoding", plan.Body.ContentEncoding);
        Append(lines, "Transfer-Encoding", plan.IsChunked ? "chunked" : null);
        Append(lines, "Content-Length", ContentLength(plan)?.ToString(CultureInfo.InvariantCulture));

        return Encoding.Latin1.GetBytes(lines.ToString());
    }

    // The body of an HTTP/1.0 answer ends with the connection.
    private static long? ContentLength(AnswerPlan plan) => plan switch
    {
        { ClaimedLength: { } claimed } => claimed,
        { StatusCode: 204 or 304 } or { IsHttp10: true } or { IsChunked: true } => null,
        _ => plan.Body.Length,
    };

    private static void Append(StringBuilder lines, string name, string? value)
    {
        if (value is not null)
        {
            lines.Append(name).Append(": ").Append(value).Append("\r\n");
        }
    }
}
