using System;
using System.Text;
using System.Text.Unicode;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // Longer text is searched and transcoded by the runtime's wider loops, and rarely is all of it plain.
    private const int MaxPlainLength = 256;

    // The longest character of UTF-8.
    private const int MaxCharacterLength = 4;

    private void AppendString(Span<byte> room, scoped ReadOnlySpan<char> value)
    {
        if (value.Length <= MaxPlainLength && room.Length >= value.Length + 2 && JsonText.TryCopyPlain(value, room[1..]))
        {
            room[0] = (byte)'"';
            room[value.Length + 1] = (byte)'"';
            EndValue(room, value.Length + 2);
            return;
        }

        EndValue(room, 0);
        AppendQuoted(value);
    }

    private void AppendQuoted(scoped ReadOnlySpan<char> value)
    {
        AppendByte((byte)'"');
        AppendEscaped(value);
        AppendByte((byte)'"');
    }

    private void AppendString(Span<byte> room, scoped ReadOnlySpan<byte> utf8Value)
    {
        if (utf8Value.Length <= MaxPlainLength && room.Length >= utf8Value.Length + 2 && JsonText.TryCopyPlain(utf8Value, room[1..]))
        {
            room[0] = (byte)'"';
            room[utf8Value.Length + 1] = (byte)'"';
            EndValue(room, utf8Value.Length + 2);
            return;
        }

        EndValue(room, 0);
        AppendQuoted(utf8Value);
    }

    private void AppendQuoted(scoped ReadOnlySpan<byte> utf8Value)
    {
        AppendByte((byte)'"');
        AppendEscaped(utf8Value);
        AppendByte((byte)'"');
    }

    private void AppendEscaped(scoped ReadOnlySpan<char> text)
    {
        int escaped;

        while ((escaped = text.IndexOfAny(JsonText.EscapedChars)) >= 0)
        {
            AppendTranscoded(text[..escaped]);
            AppendEscape((byte)text[escaped]);
            text = text[(escaped + 1)..];
        }

        AppendTranscoded(text);
    }

    private void AppendEscaped(scoped ReadOnlySpan<byte> utf8Text)
    {
        int escaped;

        while ((escaped = utf8Text.IndexOfAny(JsonText.EscapedBytes)) >= 0)
        {
            AppendValidated(utf8Text[..escaped]);
            AppendEscape(utf8Text[escaped]);
            utf8Text = utf8Text[(escaped + 1)..];
        }

        AppendValidated(utf8Text);
    }

    private void AppendEscape(byte value)
    {
        Reserve(JsonText.MaxEscapeLength);
        _written += JsonText.Escape(value, _buffer[_written..]);
    }

    private void AppendTranscoded(scoped ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // What ends the text cannot be the other half of a surrogate pair, so a lone half at its end may be replaced as well.
            _ = Utf8.FromUtf16(text, _buffer[_written..], out int read, out int written, replaceInvalidSequences: true, isFinalBlock: true);
            _written += written;
            text = text[read..];

            if (!text.IsEmpty)
            {
                Grow(Math.Max(text.Length, MaxCharacterLength));
            }
        }
    }

    private void AppendValidated(scoped ReadOnlySpan<byte> utf8Text)
    {
        if (Utf8.IsValid(utf8Text))
        {
            AppendBytes(utf8Text);
            return;
        }

        while (!utf8Text.IsEmpty)
        {
            // An invalid sequence is decoded as U+FFFD.
            _ = Rune.DecodeFromUtf8(utf8Text, out Rune rune, out int read);
            Reserve(MaxCharacterLength);
            _written += rune.EncodeToUtf8(_buffer[_written..]);
            utf8Text = utf8Text[read..];
        }
    }

    private void AppendBytes(scoped ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            int length = Math.Min(bytes.Length, _buffer.Length - _written);
            bytes[..length].CopyTo(_buffer[_written..]);
            _written += length;
            bytes = bytes[length..];

            if (bytes.IsEmpty)
            {
                return;
            }

            Grow(bytes.Length);
        }
    }

    private void AppendByte(byte value)
    {
        Reserve(1);
        _buffer[_written++] = value;
    }
}
