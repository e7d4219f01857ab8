using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public static partial class WebhookDataParts
{
    // A bound of six bytes for a character costs nothing for short text, and too much memory for long.
    private const int LongText = 16 * 1024;

    /// <summary>
    /// Gives an upper bound for a string with its quotation marks, or for <c>null</c>.
    /// </summary>
    /// <param name="value">The string.</param>
    /// <returns>The bound in bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long MaxLength(string? value)
    {
        // Enough for null as well.
        long length = value?.Length ?? 0;

        return length < LongText ? (JsonText.MaxEscapeLength * length) + 4 : JsonTranscoder.MaxLength(value) + 2;
    }

    /// <summary>
    /// Writes a string and the quotation mark after it, or <c>null</c> over the one before it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The string.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int WriteText(Span<byte> destination, int position, string? value)
    {
        if (value is not null
            && Vector128.IsHardwareAccelerated
            && value.Length <= JsonText.MaxShortLength
            && (ulong)(uint)position + (uint)value.Length < (uint)destination.Length)
        {
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), (nint)(uint)position);

            if (JsonText.TryCopyPlain<MinimalEscaping>(value, ref to))
            {
                Unsafe.Add(ref to, (nint)(uint)value.Length) = (byte)'"';
                return position + value.Length + 1;
            }
        }

        return WriteAnyText(destination, position, value);
    }

    /// <summary>
    /// Writes one character as a string and the quotation mark after it.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index after the quotation mark before it.</param>
    /// <param name="value">The character.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteText(Span<byte> destination, int position, char value) =>
        WriteAnyText(destination, position, new ReadOnlySpan<char>(in value));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteAnyText(Span<byte> destination, int position, string? value) =>
        value is null ? WriteLiteral(destination, position - 1, "null"u8) : WriteAnyText(destination, position, value.AsSpan());

    private static int WriteAnyText(Span<byte> destination, int position, ReadOnlySpan<char> value)
    {
        if ((uint)position > (uint)destination.Length)
        {
            ThrowDoesNotFit();
        }

        if (!JsonTranscoder.TryWrite<MinimalEscaping>(value, destination[position..], out int written))
        {
            ThrowDoesNotFit();
        }

        position += written;
        Room(destination, position, 1)[0] = (byte)'"';
        return position + 1;
    }
}
