using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // Longer text gets its room bit by bit.
    private const int MaxPlainLength = 256;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendString(string? text)
    {
        if (text is null)
        {
            AppendNull();
        }
        else
        {
            AppendString(text.AsSpan());
        }
    }

    // Most text is short and plain. Only the last thing that is done for any other is a call: without one in between, no registers are saved.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendString(scoped ReadOnlySpan<char> text)
    {
        int length = text.Length;

        if (Vector128.IsHardwareAccelerated && length <= JsonText.MaxShortLength && length <= _buffer.Length - _written - 2
            && _escaping == WebhookJsonEscaping.Minimal)
        {
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (uint)_written);

            if (JsonText.TryCopyPlain<MinimalEscaping>(text, ref Unsafe.Add(ref to, 1)))
            {
                to = (byte)'"';
                Unsafe.Add(ref to, (uint)length + 1) = (byte)'"';
                _written += length + 2;
                return;
            }
        }

        AppendQuoted(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendString(scoped ReadOnlySpan<byte> utf8Text)
    {
        int length = utf8Text.Length;

        if (Vector128.IsHardwareAccelerated && length <= JsonText.MaxShortLength && length <= _buffer.Length - _written - 2
            && _escaping == WebhookJsonEscaping.Minimal)
        {
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (uint)_written);

            if (JsonText.TryCopyPlain<MinimalEscaping>(utf8Text, ref Unsafe.Add(ref to, 1)))
            {
                to = (byte)'"';
                Unsafe.Add(ref to, (uint)length + 1) = (byte)'"';
                _written += length + 2;
                return;
            }
        }

        AppendQuoted(utf8Text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(scoped ReadOnlySpan<char> text)
    {
        if (_escaping == WebhookJsonEscaping.Minimal)
        {
            AppendQuoted<MinimalEscaping>(text);
        }
        else
        {
            AppendQuoted<SystemTextJsonEscaping>(text);
        }
    }

    private void AppendQuoted<TEscaping>(scoped ReadOnlySpan<char> text)
        where TEscaping : struct, IJsonEscaping
    {
        ref byte to = ref Begin(Math.Min(text.Length, MaxPlainLength) + 2);
        to = (byte)'"';
        _written++;

        if (text.Length <= MaxPlainLength)
        {
            int plain = JsonText.CopyPlain<TEscaping>(text, ref Unsafe.Add(ref to, 1));
            _written += plain;
            text = text[plain..];
        }

        if (!text.IsEmpty)
        {
            AppendTranscoded<TEscaping>(text);
        }

        AppendByte((byte)'"');
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(scoped ReadOnlySpan<byte> utf8Text)
    {
        Begin(Math.Min(utf8Text.Length, MaxPlainLength) + 2) = (byte)'"';
        _written++;

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
            (int read, int written) = JsonTranscoder.Transcode<TEscaping>(text, _buffer[_written..]);
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
            ref byte to = ref Begin(JsonText.MaxCharacterLength);
            _written += JsonText.Write<TEscaping>((uint)rune.Value, ref to);
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
        Begin(1) = value;
        _written++;
    }
}
