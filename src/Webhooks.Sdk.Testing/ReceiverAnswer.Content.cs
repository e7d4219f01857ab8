using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <content>What an answer says, rightly or wrongly.</content>
public sealed partial class ReceiverAnswer
{
    private static readonly string[] FramingHeaders = ["Content-Length", "Content-Type", "Transfer-Encoding"];

    /// <summary>Sets a header, and takes the place of one of the same name.</summary>
    /// <param name="name">
    /// The name. <c>Content-Type</c>, <c>Content-Length</c> and <c>Transfer-Encoding</c> come with the body, and are refused.
    /// </param>
    /// <param name="value">The value: ISO 8859-1 without control characters. <c>Connection: close</c> is also done.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="value"/> is not as said.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithHeader(string name, string value)
    {
        ReceiverAnswer added = AddHeader(name, value);

        return new(added.Plan with
        {
            Headers = Plan.Headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Add(new(name, value)),
        });
    }

    /// <summary>Appends a header, beside one of the same name.</summary>
    /// <inheritdoc cref="WithHeader"/>
    public ReceiverAnswer AddHeader(string name, string value)
    {
        HeaderText.ThrowIfNotName(name, nameof(name));
        HeaderText.ThrowIfNotValue(value, nameof(value));

        if (Array.Exists(FramingHeaders, framing => framing.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"{name} comes with the body. Set the body, use WithContentLength or WithBadChunking, or write the answer with Raw.", nameof(name));
        }

        return new(Http() with { Headers = Plan.Headers.Add(new(name, value)) });
    }

    /// <summary>Sets the body to text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mediaType">The value of the <c>Content-Type</c> header; it need not be a media type.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> cannot be the value of a header.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithText(string text, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(text);

        return WithBody(Encoding.UTF8.GetBytes(text), mediaType);
    }

    /// <summary>Sets the body to JSON, with the media type <c>application/json</c>.</summary>
    /// <param name="json">The JSON. What should not be well-formed goes through <see cref="WithText"/>.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="json"/> is not JSON.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);

        try
        {
            JsonDocument.Parse(json).Dispose();
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The text is not JSON: {exception.Message} Pass it to WithText if that is meant.", nameof(json), exception);
        }

        return WithText(json, "application/json");
    }

    /// <summary>Sets the body to a copy of some bytes.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="mediaType">The value of the <c>Content-Type</c> header; it need not be a media type.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> cannot be the value of a header.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithBody(ReadOnlyMemory<byte> body, string mediaType)
    {
        HeaderText.ThrowIfNotValue(mediaType, nameof(mediaType));

        return new(Http() with { Body = AnswerBody.Of(body, mediaType) });
    }

    /// <summary>Sets a body that never ends.</summary>
    /// <returns>A new answer.</returns>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithEndlessBody() => new(Http() with { Body = AnswerBody.Endless });

    /// <summary>
    /// Sets a body of zeros in gzip, with <c>Content-Encoding: gzip</c>: about a thousandth of its size on the wire, and all of it in the memory
    /// of a client that decompresses without a limit.
    /// </summary>
    /// <param name="inflatedLength">How many bytes the body decompresses to; at least 1.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inflatedLength"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithGzipBomb(long inflatedLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inflatedLength);

        return new(Http() with { Body = AnswerBody.GzipBomb(inflatedLength) });
    }

    /// <summary>Says that the body comes in chunks (RFC 9112, section 7.1), and then writes what is no chunk. Closes the connection.</summary>
    /// <returns>A new answer.</returns>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithBadChunking() => new(Http() with { HasBadChunks = true });

    /// <summary>
    /// Says a <c>Content-Length</c> other than the body's: longer, and the body breaks off; shorter, and the client finds surplus bytes.
    /// Closes the connection.
    /// </summary>
    /// <param name="length">The length to say; at least 0.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithContentLength(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        return new(Http() with { ClaimedLength = length });
    }

    /// <summary>Writes headers without end, after those that were set.</summary>
    /// <returns>A new answer.</returns>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithEndlessHeaders() => new(Http() with { HasEndlessHeaders = true });

    /// <summary>Writes an interim response before the answer (RFC 9110, section 15.2). Called again, it adds another.</summary>
    /// <param name="statusCode">The status, from 102 to 199.</param>
    /// <returns>A new answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer WithInterim(int statusCode)
    {
        ThrowIfNotInterim(statusCode);

        return new(Http() with { Interim = Plan.Interim.Add(statusCode) });
    }

    /// <summary>
    /// Writes interim responses (RFC 9110, section 15.2) without end, and so never the answer. Clients may count their bytes as those of headers;
    /// with <see cref="DripHeaders(TimeSpan)"/> they come too slowly for that.
    /// </summary>
    /// <inheritdoc cref="WithInterim"/>
    public ReceiverAnswer WithEndlessInterim(int statusCode) => new(WithInterim(statusCode).Plan with { IsInterimEndless = true });

    /// <summary>Answers as HTTP/1.0 does: without a <c>Content-Length</c>, the body ending with the connection.</summary>
    /// <returns>A new answer.</returns>
    /// <exception cref="InvalidOperationException">The answer is raw.</exception>
    public ReceiverAnswer AsHttp10() => new(Http() with { IsHttp10 = true });

    private static void ThrowIfNotInterim(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 102);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 199);
    }

    private AnswerPlan Http([CallerMemberName] string method = "") =>
        Plan.Raw is null ? Plan : throw new InvalidOperationException($"A raw answer is written as it is: put into it what {method} should add.");
}
