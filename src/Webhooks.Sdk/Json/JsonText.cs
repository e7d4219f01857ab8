using System;
using System.Buffers;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Puts text into JSON strings: at once where all of it is plain, as most is, and else character by character.
/// </summary>
internal static partial class JsonText
{
    /// <summary>
    /// The length of the longest escape, <c>\u001F</c>.
    /// </summary>
    public const int MaxEscapeLength = 6;

    /// <summary>
    /// The length of the longest character, a surrogate pair of which both halves are escaped.
    /// </summary>
    public const int MaxCharacterLength = 2 * MaxEscapeLength;

    /// <summary>
    /// Gets the bytes that are escaped when only those are that must be.
    /// </summary>
    public static SearchValues<byte> EscapedBytes { get; } = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>
    /// Copies <paramref name="source"/> when all of it is plain; else the destination holds garbage.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="to">The beginning of at least as many bytes as the text has characters.</param>
    /// <returns>False when something in it is not plain.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCopyPlain<TEscaping>(ReadOnlySpan<byte> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        nuint length = (uint)source.Length;

        if (!Vector128.IsHardwareAccelerated || length > 2 * 16)
        {
            return TryCopyLongPlain<TEscaping>(source, ref to);
        }

        // Two blocks that overlap, each as large as fits.
        if (length >= 16)
        {
            Vector128<byte> first = Vector128.LoadUnsafe(ref from);
            Vector128<byte> last = Vector128.LoadUnsafe(ref from, length - 16);
            first.StoreUnsafe(ref to);
            last.StoreUnsafe(ref to, length - 16);
            return AreZero(TEscaping.FindSpecial(first) | TEscaping.FindSpecial(last));
        }

        if (length >= 8)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref from);
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, length - 8));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), last);
            return AreZero(TEscaping.FindSpecial(Vector128.Create(first, last).AsByte()));
        }

        if (length >= 4)
        {
            uint first = Unsafe.ReadUnaligned<uint>(ref from);
            uint last = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, length - 4));
            Unsafe.WriteUnaligned(ref to, first);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), last);
            return AreZero(TEscaping.FindSpecial(Vector128.Create(first | ((ulong)last << 32)).AsByte()));
        }

        return TryCopyShortPlain<TEscaping>(source, ref to);
    }

    /// <inheritdoc cref="TryCopyPlain{TEscaping}(ReadOnlySpan{byte}, ref byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCopyPlain<TEscaping>(ReadOnlySpan<char> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source));
        nuint length = (uint)source.Length;

        if (!Vector128.IsHardwareAccelerated || length > 2 * 16)
        {
            return TryCopyLongPlain<TEscaping>(source, ref to);
        }

        if (length >= 16)
        {
            Vector128<byte> first = Narrow(ref from, 0);
            Vector128<byte> last = Narrow(ref from, length - 16);
            first.StoreUnsafe(ref to);
            last.StoreUnsafe(ref to, length - 16);
            return AreZero(TEscaping.FindSpecial(first) | TEscaping.FindSpecial(last));
        }

        if (length >= 8)
        {
            Vector128<byte> both = Narrow(Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref from, length - 8));
            Unsafe.WriteUnaligned(ref to, both.AsUInt64().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 8), both.AsUInt64().GetElement(1));
            return AreZero(TEscaping.FindSpecial(both));
        }

        if (length >= 4)
        {
            ulong first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref from));
            ulong last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref from, length - 4)));
            Vector128<ushort> wide = Vector128.Create(first, last).AsUInt16();
            Vector128<byte> both = Narrow(wide, wide);
            Unsafe.WriteUnaligned(ref to, both.AsUInt32().GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, length - 4), both.AsUInt32().GetElement(1));
            return AreZero(TEscaping.FindSpecial(both));
        }

        return TryCopyShortPlain<TEscaping>(source, ref to);
    }

    /// <summary>
    /// Makes bytes of sixteen UTF-16 code units. What does not fit a byte becomes one that is not plain.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Narrow(ref ushort from, nuint index) => Narrow(Vector128.LoadUnsafe(ref from, index), Vector128.LoadUnsafe(ref from, index + 8));

    // The instruction of x86 sees signed numbers and makes 0 of those from U+8000 on, which is not plain either. It is one instruction, and needs no
    // wider registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper) =>
        Sse2.IsSupported ? Sse2.PackUnsignedSaturate(lower.AsInt16(), upper.AsInt16()) : Vector128.NarrowWithSaturation(lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlain<TEscaping>(uint value)
        where TEscaping : struct, IJsonEscaping
    {
        return value < (uint)TEscaping.Letters.Length && TEscaping.Letters[(int)value] == 0;
    }

    private static bool TryCopyLongPlain<TEscaping>(ReadOnlySpan<byte> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        if (!Vector128.IsHardwareAccelerated)
        {
            return TryCopyShortPlain<TEscaping>(source, ref to);
        }

        ref byte from = ref MemoryMarshal.GetReference(source);
        nuint last = (uint)source.Length - 16;

        for (nuint i = 0; ; i = nuint.Min(i + 16, last))
        {
            Vector128<byte> block = Vector128.LoadUnsafe(ref from, i);
            block.StoreUnsafe(ref to, i);

            if (!AreZero(TEscaping.FindSpecial(block)))
            {
                return false;
            }

            if (i == last)
            {
                return true;
            }
        }
    }

    private static bool TryCopyLongPlain<TEscaping>(ReadOnlySpan<char> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        if (!Vector128.IsHardwareAccelerated)
        {
            return TryCopyShortPlain<TEscaping>(source, ref to);
        }

        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source));
        nuint last = (uint)source.Length - 16;

        for (nuint i = 0; ; i = nuint.Min(i + 16, last))
        {
            Vector128<byte> block = Narrow(ref from, i);
            block.StoreUnsafe(ref to, i);

            if (!AreZero(TEscaping.FindSpecial(block)))
            {
                return false;
            }

            if (i == last)
            {
                return true;
            }
        }
    }

    private static bool TryCopyShortPlain<TEscaping>(ReadOnlySpan<byte> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        for (int i = 0; i < source.Length; i++)
        {
            if (!IsPlain<TEscaping>(source[i]))
            {
                return false;
            }

            Unsafe.Add(ref to, i) = source[i];
        }

        return true;
    }

    private static bool TryCopyShortPlain<TEscaping>(ReadOnlySpan<char> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        for (int i = 0; i < source.Length; i++)
        {
            if (!IsPlain<TEscaping>(source[i]))
            {
                return false;
            }

            Unsafe.Add(ref to, i) = (byte)source[i];
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreZero(Vector128<byte> block) => block == Vector128<byte>.Zero;
}
