using System;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    /// <summary>
    /// Writes bytes as a Base64 string (RFC 4648 section 4, with padding) as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBase64String(scoped ReadOnlySpan<byte> utf8PropertyName, scoped ReadOnlySpan<byte> bytes)
    {
        BeginMember(utf8PropertyName);
        AppendBase64(bytes);
    }

    /// <summary>
    /// Writes bytes as a Base64 string (RFC 4648 section 4, with padding) as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteBase64String(scoped ReadOnlySpan<char> propertyName, scoped ReadOnlySpan<byte> bytes)
    {
        BeginMember(propertyName);
        AppendBase64(bytes);
    }

    /// <summary>
    /// Writes bytes as a Base64 string (RFC 4648 section 4, with padding) as the whole text, as the next element of an array, or as the
    /// value of the name written last.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteBase64StringValue(scoped ReadOnlySpan<byte> bytes)
    {
        BeginValue();
        AppendBase64(bytes);
    }

    /// <summary>
    /// Writes finished JSON as a member of the current object, byte for byte, once it is known to be one valid value.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="utf8Json">One JSON value as UTF-8. Space around it is kept.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="utf8Json"/> is not one value of RFC 8259, is not UTF-8, or nests so deep that the whole would exceed 64 levels.
    /// </exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(scoped ReadOnlySpan<byte> utf8PropertyName, scoped ReadOnlySpan<byte> utf8Json)
    {
        CheckJson(utf8Json);
        BeginMember(utf8PropertyName);
        AppendBytes(utf8Json);
    }

    /// <summary>
    /// Writes finished JSON as a member of the current object, byte for byte, once it is known to be one valid value.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="utf8Json">One JSON value as UTF-8. Space around it is kept.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="utf8Json"/> is not one value of RFC 8259, is not UTF-8, or nests so deep that the whole would exceed 64 levels.
    /// </exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteRaw(scoped ReadOnlySpan<char> propertyName, scoped ReadOnlySpan<byte> utf8Json)
    {
        CheckJson(utf8Json);
        BeginMember(propertyName);
        AppendBytes(utf8Json);
    }

    /// <summary>
    /// Writes finished JSON, byte for byte and once it is known to be one valid value, as the whole text, as the next element of an array,
    /// or as the value of the name written last.
    /// </summary>
    /// <param name="utf8Json">One JSON value as UTF-8. Space around it is kept.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="utf8Json"/> is not one value of RFC 8259, is not UTF-8, or nests so deep that the whole would exceed 64 levels.
    /// </exception>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteRawValue(scoped ReadOnlySpan<byte> utf8Json)
    {
        CheckJson(utf8Json);
        WriteTrustedRawValue(utf8Json);
    }

    /// <summary>
    /// Writes finished JSON without looking at it: only for bytes that this library made or checked before.
    /// </summary>
    internal void WriteTrustedRawValue(scoped ReadOnlySpan<byte> utf8Json)
    {
        BeginValue();
        AppendBytes(utf8Json);
    }

    private static long Base64Length(int length) => (length + 2L) / 3 * 4;

    private void AppendBase64(scoped ReadOnlySpan<byte> bytes)
    {
        AppendByte((byte)'"');

        while (!bytes.IsEmpty)
        {
            _ = Base64.EncodeToUtf8(bytes, _buffer[_written..], out int read, out int written);
            _written += written;
            bytes = bytes[read..];

            if (!bytes.IsEmpty)
            {
                Grow(Base64Length(bytes.Length));
            }
        }

        AppendByte((byte)'"');
    }

    private readonly void CheckJson(scoped ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json))
        {
            ThrowRawRefused("is not valid UTF-8", nameof(utf8Json));
        }

        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });

        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && _depth + reader.CurrentDepth >= MaxDepth)
                {
                    ThrowRawRefused(string.Create(CultureInfo.InvariantCulture, $"would make the text nest deeper than {MaxDepth}"), nameof(utf8Json));
                }
            }
        }
        catch (JsonException)
        {
            string reason = string.Create(CultureInfo.InvariantCulture, $"is not one valid value (RFC 8259): see its byte {reader.BytesConsumed}");
            ThrowRawRefused(reason, nameof(utf8Json));
        }
    }
}
