using System.Collections;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The headers of an answer as they came, neither parsed nor merged; copied when somebody looks.
/// </summary>
internal sealed class AnswerHeaders(HttpResponseMessage answer) : IReadOnlyList<KeyValuePair<string, string>>
{
    private KeyValuePair<string, string>[]? _headers;

    public int Count => Headers.Length;

    private KeyValuePair<string, string>[] Headers => LazyInitializer.EnsureInitialized(ref _headers, Copy);

    public KeyValuePair<string, string> this[int index] => Headers[index];

    public static IReadOnlyList<KeyValuePair<string, string>> Of(HttpResponseMessage? answer) => answer is null ? [] : new AnswerHeaders(answer);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)Headers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private KeyValuePair<string, string>[] Copy()
    {
        var headers = new List<KeyValuePair<string, string>>();
        Append(headers, answer.Headers.NonValidated);
        Append(headers, answer.Content.Headers.NonValidated);
        return [.. headers];
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
