using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Webhooks.Sdk.Json;

internal static partial class JsonTranscoder
{
    // Nothing else squeezes unneeded bytes out of a vector; without it the loop over sixteen characters is the faster one.
    private static bool IsWide => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported && Avx512Vbmi2.IsSupported;

    /// <summary>
    /// Takes 32 code units at a time: each is spread over the bytes of its lane, and the bytes that it does not need are squeezed out.
    /// </summary>
    /// <remarks>
    /// Stops where fewer than 33 units are left, where there is not room for all that they may take, and at what is rare: controls without a
    /// short form and lone surrogates.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Read, int Written) TranscodeWide(ReadOnlySpan<char> text, Span<byte> destination)
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int read = 0;
        int written = 0;

        // One unit more than are taken: the last may be half of a pair.
        while (text.Length - read > LargeStep && destination.Length - written >= MaxLargeStepLength)
        {
            Vector512<ushort> units = Vector512.LoadUnsafe(ref from, (uint)read);
            Vector256<byte> narrow = Avx512BW.ConvertToVector256ByteWithSaturation(units);

            if (IsPlain(narrow))
            {
                narrow.StoreUnsafe(ref to, (uint)written);
                read += LargeStep;
                written += LargeStep;
                continue;
            }

            Vector512<ushort> isControl = Vector512.LessThan(units, Vector512.Create((ushort)' '));
            Vector512<ushort> isBeyondAscii = Vector512.GreaterThan(units, Vector512.Create((ushort)0x7F));
            Vector512<ushort> isEscaped = isControl
                | Vector512.Equals(units, Vector512.Create((ushort)'"'))
                | Vector512.Equals(units, Vector512.Create((ushort)'\\'));

            // The letters of \b, \t, \n, \f and \r, found by the low halves of their code points; a quotation mark and a reverse solidus are their own.
            const ulong BtnFr = 0x7266_006E_7462;
            Vector512<byte> controlLetters = Vector512.Create(0, BtnFr, 0, BtnFr, 0, BtnFr, 0, BtnFr).AsByte();
            Vector512<ushort> letters = Vector512.ConditionalSelect(
                isControl, Avx512BW.Shuffle(controlLetters, units.AsByte()).AsUInt16() & Vector512.Create((ushort)0xFF), units);

            if ((isControl & (Vector512.Equals(letters, Vector512<ushort>.Zero) | Vector512.GreaterThan(units, Vector512.Create((ushort)'\r')))) != Vector512<ushort>.Zero)
            {
                break;
            }

            // Two bytes a lane, the first lowest: an escape, the UTF-8 of U+0080 to U+07FF, or one character of ASCII.
            Vector512<ushort> escape = (letters << 8) | Vector512.Create((ushort)'\\');
            Vector512<ushort> two = (units >>> 6) | ((units & Vector512.Create((ushort)0x3F)) << 8) | Vector512.Create((ushort)0x80C0);
            Vector512<ushort> bytes = Vector512.ConditionalSelect(isBeyondAscii, two, Vector512.ConditionalSelect(isEscaped, escape, units));
            Vector512<ushort> needed = isEscaped | isBeyondAscii | Vector512.Create((ushort)0xFF);

            if (!Vector512.GreaterThanAny(units, Vector512.Create((ushort)0x7FF)))
            {
                written += Squeeze(bytes.AsByte(), needed.AsByte(), ref Unsafe.Add(ref to, written));
                read += LargeStep;
                continue;
            }

            uint highs = Find(units, 0xD800);
            uint lows = Find(units, 0xDC00);
            uint taken = (uint)LargeStep - (highs >> (LargeStep - 1));

            // A high half in the last lane waits for the next turn.
            if (lows != (highs & (uint.MaxValue >> 1)) << 1)
            {
                break;
            }

            needed = Vector512.ConditionalSelect(Vector512.LessThan(Vector512<ushort>.Indices, Vector512.Create((ushort)taken)), needed, Vector512<ushort>.Zero);
            Vector512<ushort> next = Vector512.LoadUnsafe(ref from, (uint)read + 1);

            (Vector512<uint> lowerUnits, Vector512<uint> upperUnits) = Vector512.Widen(units);
            (Vector512<uint> lowerNext, Vector512<uint> upperNext) = Vector512.Widen(next);
            (Vector512<uint> lowerBytes, Vector512<uint> upperBytes) = Vector512.Widen(bytes);
            (Vector512<uint> lowerNeeded, Vector512<uint> upperNeeded) = Vector512.Widen(needed);

            written += SqueezeLong(lowerUnits, lowerNext, lowerBytes, lowerNeeded, ref Unsafe.Add(ref to, written));
            written += SqueezeLong(upperUnits, upperNext, upperBytes, upperNeeded, ref Unsafe.Add(ref to, written));
            read += (int)taken;
        }

        return (read, written);
    }

    /// <summary>
    /// Writes sixteen characters of any length, of which those up to U+07FF are prepared.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SqueezeLong(Vector512<uint> units, Vector512<uint> next, Vector512<uint> bytes, Vector512<uint> needed, ref byte to)
    {
        Vector512<uint> sixBits = Vector512.Create(0x3Fu);

        Vector512<uint> isThree = Vector512.GreaterThan(units, Vector512.Create(0x7FFu)) & ~Vector512.Equals(needed, Vector512<uint>.Zero);
        Vector512<uint> three = (units >>> 12) | ((units << 2) & (sixBits << 8)) | ((units & sixBits) << 16) | Vector512.Create(0x8080E0u);
        bytes = Vector512.ConditionalSelect(isThree, three, bytes);
        needed = Vector512.ConditionalSelect(isThree, Vector512.Create(0xFFFFFFu), needed);

        Vector512<uint> kind = units & Vector512.Create(0xFC00u);
        Vector512<uint> isHigh = Vector512.Equals(kind, Vector512.Create(0xD800u)) & isThree;
        Vector512<uint> isLow = Vector512.Equals(kind, Vector512.Create(0xDC00u));
        Vector512<uint> tenBits = Vector512.Create(0x3FFu);
        Vector512<uint> codePoint = (((units & tenBits) << 10) | (next & tenBits)) + Vector512.Create(0x10000u);
        Vector512<uint> four = (codePoint >>> 18)
            | ((codePoint >>> 4) & (sixBits << 8))
            | ((codePoint << 10) & (sixBits << 16))
            | ((codePoint & sixBits) << 24)
            | Vector512.Create(0x808080F0u);
        bytes = Vector512.ConditionalSelect(isHigh, four, bytes);
        needed = Vector512.AndNot(needed | isHigh, isLow);

        return Squeeze(bytes.AsByte(), needed.AsByte(), ref to);
    }

    /// <summary>
    /// Writes the needed bytes, one behind the other, and says how many they are. Behind them the destination holds garbage.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Squeeze(Vector512<byte> bytes, Vector512<byte> needed, ref byte to)
    {
        Avx512Vbmi2.Compress(Vector512<byte>.Zero, needed, bytes).StoreUnsafe(ref to);
        return BitOperations.PopCount(needed.ExtractMostSignificantBits());
    }

    // One bit for each lane that holds a half of a surrogate pair of this kind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Find(Vector512<ushort> units, ushort kind) =>
        (uint)Vector512.Equals(units & Vector512.Create((ushort)0xFC00), Vector512.Create(kind)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(Vector256<byte> text)
    {
        Vector256<byte> special = Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()
            | Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'));

        return special == Vector256<byte>.Zero;
    }
}
