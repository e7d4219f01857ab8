using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Serialization.Metadata;
using Webhooks.Sdk.Json;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// A call of one Divalto Harmony webhook: its code and its parameters.
/// </summary>
/// <remarks>
/// <para>
/// A call is a GET without a body, with the code in the path and the parameters in the query (Divalto: "Principe d'appel SW en mode WebHook").
/// It is not repeated after an attempt whose fate is unknown, unless <see cref="AsIdempotent"/> says that it may be: Harmony does not
/// recognise a call that it has seen before.
/// </para>
/// <para>
/// Instances are immutable and safe to share between threads: every method returns a new call, so a common beginning can be kept and continued.
/// </para>
/// </remarks>
public sealed partial class HarmonyCall
{
    private HarmonyCall(string code)
    {
        Code = code;
    }

    private HarmonyCall(HarmonyCall original)
    {
        Code = original.Code;
        Parameters = original.Parameters;
        Method = original.Method;
        Body = original.Body;
        IsIdempotent = original.IsIdempotent;
    }

    internal string Code { get; }

    internal ImmutableArray<KeyValuePair<string, string>> Parameters { get; private init; } = [];

    internal HttpMethod Method { get; private init; } = HttpMethod.Get;

    /// <summary>Gets the JSON of the body, or null when there is none.</summary>
    internal byte[]? Body { get; private init; }

    internal bool IsIdempotent { get; private init; }

    /// <summary>
    /// Begins a call of a webhook.
    /// </summary>
    /// <param name="code">
    /// The code as Harmony shows it in the list of webhooks. Who knows it can make the call: it is a secret, which is never logged or shown.
    /// </param>
    /// <returns>A call without parameters.</returns>
    /// <exception cref="ArgumentException">
    /// The code is empty, is <c>.</c> or <c>..</c>, begins or ends with white space, or has a slash, a backslash, a control character or half of
    /// a surrogate pair. The message does not show it.
    /// </exception>
    public static HarmonyCall To(string code)
    {
        SecretCode.Refuse(code, nameof(code));

        return new HarmonyCall(code);
    }

    /// <summary>
    /// Says that the service may be called twice without harm, so that an attempt whose fate is unknown (it timed out, or the connection broke,
    /// after it was sent) is repeated. No name of a parameter implies it.
    /// </summary>
    /// <returns>The new call.</returns>
    public HarmonyCall AsIdempotent() => new(this) { IsIdempotent = true };

    /// <summary>
    /// Sets the HTTP method, for installations that expect a POST. The parameters stay in the query.
    /// </summary>
    /// <param name="method">GET, as by default, or POST.</param>
    /// <returns>The new call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="method"/> is another one.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="method"/> is GET, and the call has a body.</exception>
    public HarmonyCall WithMethod(HttpMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);

        if (method == HttpMethod.Post)
        {
            return new HarmonyCall(this) { Method = HttpMethod.Post };
        }

        if (method != HttpMethod.Get)
        {
            throw new ArgumentException($"A Harmony webhook is called by GET or POST, but the method was {method}.", nameof(method));
        }

        return Body is null
            ? new HarmonyCall(this) { Method = HttpMethod.Get }
            : throw new InvalidOperationException("A GET has no body, but WithJson gave the call one. Leave the method out, or hand the values in as parameters.");
    }

    /// <summary>
    /// Sets the body to <paramref name="value"/> as JSON and makes the call a POST, for installations that read one. The parameters stay in the query.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value; serialized now, once.</param>
    /// <param name="jsonTypeInfo">
    /// How the type is written, from a <c>JsonSerializerContext</c> of yours. Where its options name no <c>Encoder</c>, text is escaped as RFC 8259
    /// requires and hardly more: <c>é</c> stays <c>é</c>.
    /// </param>
    /// <returns>The new call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    public HarmonyCall WithJson<T>(T value, JsonTypeInfo<T> jsonTypeInfo)
    {
        ArgumentNullException.ThrowIfNull(jsonTypeInfo);

        return WithBody(TypedJson.ToUtf8Bytes(value, jsonTypeInfo));
    }

    /// <summary>
    /// Sets the body to a JSON object of <paramref name="pairs"/> and makes the call a POST, for installations that read one. The parameters stay in
    /// the query.
    /// </summary>
    /// <typeparam name="TValue">The type of the values, <see cref="object"/> for values of several types.</typeparam>
    /// <param name="pairs">The members in their order, as <see cref="WebhookRequestBuilder.WithJson{TValue}(IEnumerable{KeyValuePair{string, TValue}})"/> takes them; written now, once.</param>
    /// <returns>The new call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null.</exception>
    /// <exception cref="ArgumentException">A name comes twice, or a value is of a type that has no JSON.</exception>
    public HarmonyCall WithJson<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);

        return WithBody(JsonPairs.ToUtf8Bytes(pairs));
    }

    /// <summary>
    /// Describes the call by its method, the names of its parameters and the last four characters of its code; values are not shown.
    /// </summary>
    /// <returns>For example <c>GET ***3F53?dos=***&amp;refreshCustomer=***</c>.</returns>
    public override string ToString()
    {
        // Escaped, so that a name cannot begin a line of its own in a log.
        string query = string.Join('&', Parameters.Select(static parameter => $"{Uri.EscapeDataString(parameter.Key)}=***"));

        return $"{Method} {SecretCode.Mask(Code)}{(query.Length == 0 ? "" : "?")}{query}";
    }

    private HarmonyCall WithBody(byte[] body) => new(this) { Method = HttpMethod.Post, Body = body };
}
