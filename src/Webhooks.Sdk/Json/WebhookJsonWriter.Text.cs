using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // Longer text gets its room bit by bit, and rarely is all of it plain.
    private const int MaxPlainLength = 256;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AppendString(scoped ref byte to, scoped ReadOnlySpan<char> value)
    {
        if (value.Length <= MaxPlainLength && _escaping == WebhookJsonEscaping.Minimal
            && JsonText.TryCopyPlain<MinimalEscaping>(value, ref Unsafe.Add(ref to, 1)))
        {
            to = (byte)'"';
            to = ref Unsafe.Add(ref to, (uint)value.Length + 1);
            to = (byte)'"';
            EndValue(in Unsafe.Add(ref to, 1));
        }
        else
        {
            EndValue(in to);
            AppendQuoted(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AppendString(scoped ref byte to, scoped ReadOnlySpan<byte> utf8Value)
    {
        if (utf8Value.Length <= MaxPlainLength && _escaping == WebhookJsonEscaping.Minimal
            && JsonText.TryCopyPlain<MinimalEscaping>(utf8Value, ref Unsafe.Add(ref to, 1)))
        {
            to = (byte)'"';
            to = ref Unsafe.Add(ref to, (uint)utf8Value.Length + 1);
            to = (byte)'"';
            EndValue(in Unsafe.Add(ref to, 1));
        }
        else
        {
            EndValue(in to);
            AppendQuoted(utf8Value);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(scoped ReadOnlySpan<char> text)
    {
        AppendByte((byte)'"');

        if (_escaping == WebhookJsonEscaping.Minimal)
        {
            AppendTranscoded<MinimalEscaping>(text);
        }
        else
        {
            AppendTranscoded<SystemTextJsonEscaping>(text);
        }

        AppendByte((byte)'"');
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(scoped ReadOnlySpan<byte> utf8Text)
    {
        AppendByte((byte)'"');

        if (_escaping == WebhookJsonEscaping.Minimal)
        {
            AppendEscaped(utf8Text);
        }
        else
        {
            AppendCharacters<SystemTextJsonEscaping>(utf8Text);
        }

        AppendByte((byte)'"');
    }

    private void AppendTranscoded<TEscaping>(scoped ReadOnlySpan<char> text)
        where TEscaping : struct, IJsonEscaping
    {
        while (true)
        {
            JsonTranscoder.Transcode<TEscaping>(text, _buffer[_written..], out int read, out int written);
            _written += written;
            text = text[read..];

            if (text.IsEmpty)
            {
                return;
            }

            Grow(Math.Max(text.Length, JsonText.MaxCharacterLength));
        }
    }

    // Here most text is copied as it is, whatever the language.
    private void AppendEscaped(scoped ReadOnlySpan<byte> utf8Text)
    {
        int escaped;

        while ((escaped = utf8Text.IndexOfAny(JsonText.EscapedBytes)) >= 0)
        {
            AppendValidated(utf8Text[..escaped]);
            AppendCharacters<MinimalEscaping>(utf8Text.Slice(escaped, 1));
            utf8Text = utf8Text[(escaped + 1)..];
        }

        AppendValidated(utf8Text);
    }

    private void AppendValidated(scoped ReadOnlySpan<byte> utf8Text)
    {
        if (Utf8.IsValid(utf8Text))
        {
            AppendBytes(utf8Text);
        }
        else
        {
            AppendCharacters<MinimalEscaping>(utf8Text);
        }
    }

    private void AppendCharacters<TEscaping>(scoped ReadOnlySpan<byte> utf8Text)
        where TEscaping : struct, IJsonEscaping
    {
        while (!utf8Text.IsEmpty)
        {
            // An invalid sequence is decoded as U+FFFD.
            _ = Rune.DecodeFromUtf8(utf8Text, out Rune rune, out int read);
            Reserve(JsonText.MaxCharacterLength);
            _written += JsonText.Write<TEscaping>((uint)rune.Value, ref _buffer[_written]);
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
