using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Copies the headers of an answer as they came, neither parsed nor merged.
/// </summary>
internal static class AnswerHeaders
{
    public static IReadOnlyList<KeyValuePair<string, string>> Copy(HttpResponseMessage? answer)
    {
        if (answer is null)
        {
            return [];
        }

        var headers = new List<KeyValuePair<string, string>>();
        Append(headers, answer.Headers.NonValidated);
        Append(headers, answer.Content.Headers.NonValidated);
        return headers.AsReadOnly();
    }

    private static void Append(List<KeyValuePair<string, string>> headers, HttpHeadersNonValidated received)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in received)
        {
            foreach (string value in header.Value)
            {
                headers.Add(new(header.Key, value));
            }
        }
    }
}
