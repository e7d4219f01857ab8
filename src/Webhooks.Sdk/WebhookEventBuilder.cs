using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

/// <summary>
/// Builds a <see cref="WebhookEvent"/>: begin with <see cref="WebhookEvent.For"/>, end with <see cref="Build"/>.
/// </summary>
/// <remarks>
/// A builder is used once and by one thread. Data becomes bytes when it is handed in: what happens to the caller's objects afterwards does not reach
/// the event.
/// </remarks>
public sealed class WebhookEventBuilder
{
    private readonly string _type;
    private string? _id;
    private DateTimeOffset? _timestamp;
    private string? _subject;
    private string? _source;
    private DateTimeOffset? _expiresAt;
    private byte[]? _data;
    private bool _built;

    internal WebhookEventBuilder(string type)
    {
        EventTypeSyntax.Validate(type, nameof(type));
        _type = type;
    }

    /// <summary>Sets the id of the event; left out, a fresh one is made.</summary>
    /// <param name="id">1 to 64 of the characters <c>A-Z a-z 0-9 _ -</c>. Two events of the same id are one to the receiver.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not such an id.</exception>
    public WebhookEventBuilder WithId(string id)
    {
        ThrowIfBuilt();
        WebhookId.Validate(id, nameof(id));
        _id = id;
        return this;
    }

    /// <summary>Sets when it happened; left out, it is the time of <see cref="Build"/>.</summary>
    /// <param name="timestamp">The time, with any offset.</param>
    /// <returns>This builder.</returns>
    public WebhookEventBuilder WithTimestamp(DateTimeOffset timestamp)
    {
        ThrowIfBuilt();
        _timestamp = timestamp.ToUniversalTime();
        return this;
    }

    /// <summary>Sets what it happened to, within the source (CloudEvents 1.0.2, <c>subject</c>).</summary>
    /// <param name="subject">1 to 256 characters without control characters.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is not such a text.</exception>
    public WebhookEventBuilder WithSubject(string subject)
    {
        ThrowIfBuilt();
        EventAttribute.ValidateSubject(subject, nameof(subject));
        _subject = subject;
        return this;
    }

    /// <summary>Sets where it happened (CloudEvents 1.0.2, <c>source</c>): source and id together are unique.</summary>
    /// <param name="source">A URI reference of 1 to 1,024 characters, for example <c>https://billing.example</c> or <c>/billing</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is not such a text.</exception>
    public WebhookEventBuilder WithSource(string source)
    {
        ThrowIfBuilt();
        EventAttribute.ValidateSource(source, nameof(source));
        _source = source;
        return this;
    }

    /// <summary>Says when the event is worth nothing any more; left out, it always is worth something.</summary>
    /// <param name="expiresAt">The time from which on no attempt begins. A retry that would have to wait until then ends the send at once.</param>
    /// <returns>This builder.</returns>
    public WebhookEventBuilder ExpiresAt(DateTimeOffset expiresAt)
    {
        ThrowIfBuilt();
        _expiresAt = expiresAt.ToUniversalTime();
        return this;
    }

    /// <summary>Sets what the event tells to <paramref name="data"/> as JSON.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="data">The data; serialized now, once.</param>
    /// <param name="jsonTypeInfo">
    /// How the type is written, from a <c>JsonSerializerContext</c> of yours. Where its options name no <c>Encoder</c>, text is escaped as RFC 8259
    /// requires and hardly more: <c>é</c> stays <c>é</c>.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    public WebhookEventBuilder WithData<T>(T data, JsonTypeInfo<T> jsonTypeInfo)
    {
        ThrowIfBuilt();
        ArgumentNullException.ThrowIfNull(jsonTypeInfo);
        _data = TypedJson.ToUtf8Bytes(data, jsonTypeInfo);
        return this;
    }

    /// <summary>Sets what the event tells to <paramref name="data"/> as JSON, by its own generated writer.</summary>
    /// <typeparam name="TData">A type with <see cref="WebhookDataAttribute"/>.</typeparam>
    /// <param name="data">The data; written now, once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be written as JSON: a number is NaN or infinite, or objects nest deeper than 64.</exception>
    public WebhookEventBuilder WithData<TData>(TData data)
        where TData : IWebhookData
    {
        ThrowIfBuilt();
        _data = WebhookData.ToUtf8Bytes(data);
        return this;
    }

    /// <summary>Sets what the event tells to what <paramref name="write"/> writes of <paramref name="data"/>.</summary>
    /// <typeparam name="T">The type of the data.</typeparam>
    /// <param name="data">The data; written now, once.</param>
    /// <param name="write">Writes one JSON value, for example <c>static (ref writer, invoice) =&gt; writer.WriteStringValue(invoice.Id)</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="write"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="write"/> wrote no value, or left an object or an array open.</exception>
    public WebhookEventBuilder WithData<T>(T data, WebhookDataWriter<T> write)
    {
        ThrowIfBuilt();
        ArgumentNullException.ThrowIfNull(write);
        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        write(ref writer, data);
        writer.Flush();

        if (writer.CurrentDepth > 0 || buffer.Length == 0)
        {
            throw new InvalidOperationException(
                buffer.Length == 0
                    ? "The delegate wrote nothing; write one JSON value, or null with WriteNullValue."
                    : string.Create(CultureInfo.InvariantCulture, $"The delegate left {writer.CurrentDepth} objects or arrays open; end each of them."));
        }

        _data = buffer.ToArray();
        return this;
    }

    /// <summary>Sets what the event tells to a JSON object of <paramref name="pairs"/>.</summary>
    /// <typeparam name="TValue">The type of the values, <see cref="object"/> for values of several types.</typeparam>
    /// <param name="pairs">
    /// The members in their order, each name once. Values may be null, text, <see cref="bool"/>, numbers, dates and times, <see cref="Guid"/>,
    /// <see cref="Uri"/>, <see cref="JsonElement"/>, nested pairs, and lists of these.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null.</exception>
    /// <exception cref="ArgumentException">A name comes twice, or a value is of another type.</exception>
    public WebhookEventBuilder WithData<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        ThrowIfBuilt();
        _data = JsonPairs.ToUtf8Bytes(pairs);
        return this;
    }

    /// <summary>Sets what the event tells to a copy of finished JSON, byte for byte.</summary>
    /// <param name="utf8Json">One JSON value in UTF-8 (RFC 8259), nested at most 64 deep.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="utf8Json"/> is not such a value. The message does not show it.</exception>
    public WebhookEventBuilder WithJson(ReadOnlySpan<byte> utf8Json)
    {
        ThrowIfBuilt();
        ValidateJson(utf8Json, nameof(utf8Json));
        _data = utf8Json.ToArray();
        return this;
    }

    /// <summary>Makes the event. The builder is spent by it.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">The builder was used before, or has no data.</exception>
    public WebhookEvent Build()
    {
        ThrowIfBuilt();

        if (_data is null)
        {
            throw new InvalidOperationException("The event tells nothing. Set its data with WithData or WithJson; null is data, too.");
        }

        _built = true;
        return new WebhookEvent(_id ?? WebhookId.NewEventId(), _type, _timestamp ?? TimeProvider.System.GetUtcNow(), _subject, _source, _data)
        {
            ExpiresAt = _expiresAt,
        };
    }

    /// <summary>Describes the event by its type; the data may be private and is not shown.</summary>
    /// <returns>For example <c>invoice.paid</c>.</returns>
    public override string ToString() => _type;

    private static void ValidateJson(ReadOnlySpan<byte> utf8Json, string paramName)
    {
        if (!IsJson(utf8Json, out long position))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The JSON is not one valid value (RFC 8259) nested at most {WebhookJsonWriter.MaxDepth} deep: see its byte {position}."),
                paramName);
        }

        // The reader passes over the contents of strings.
        if (!Utf8.IsValid(utf8Json))
        {
            throw new ArgumentException("The JSON is not valid UTF-8.", paramName);
        }
    }

    // The exception is not passed on: it quotes the text.
    private static bool IsJson(ReadOnlySpan<byte> utf8Json, out long position)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = WebhookJsonWriter.MaxDepth });

        try
        {
            while (reader.Read())
            {
            }

            position = reader.BytesConsumed;
            return true;
        }
        catch (JsonException)
        {
            position = reader.BytesConsumed;
            return false;
        }
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The builder has built its event already. Begin another one, or send the same event again.");
        }
    }
}
