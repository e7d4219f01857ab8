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
    /// The length of the longest text that <see cref="TryCopyPlain{TEscaping}(ReadOnlySpan{char}, ref byte)"/> takes.
    /// </summary>
    public const int MaxShortLength = 32;

    /// <summary>
    /// Gets the bytes that are escaped when only those are that must be.
    /// </summary>
    public static SearchValues<byte> EscapedBytes { get; } = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>
    /// Copies <paramref name="source"/> when all of it is plain; else the destination holds garbage.
    /// </summary>
    /// <remarks>
    /// Needs vectors. Calls nothing, so that its callers need not save registers.
    /// </remarks>
    /// <param name="source">The text, at most <see cref="MaxShortLength"/> characters.</param>
    /// <param name="to">The beginning of at least as many bytes as the text has characters.</param>
    /// <returns>False when something in it is not plain, or looks so at first sight.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCopyPlain<TEscaping>(ReadOnlySpan<byte> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        nuint length = (uint)source.Length;

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

        if (length == 0)
        {
            return true;
        }

        // The second and third may be the same as the first.
        uint middle = Unsafe.Add(ref from, length >> 1);
        uint end = Unsafe.Add(ref from, length - 1);
        Unsafe.Add(ref to, length >> 1) = (byte)middle;
        Unsafe.Add(ref to, length - 1) = (byte)end;
        to = from;
        return IsPlainInAnyCase(Filling | from | (middle << 8) | (end << 16));
    }

    /// <inheritdoc cref="TryCopyPlain{TEscaping}(ReadOnlySpan{byte}, ref byte)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCopyPlain<TEscaping>(ReadOnlySpan<char> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source));
        nuint length = (uint)source.Length;

        if (length >= 16)
        {
            if (Vector256.IsHardwareAccelerated && typeof(TEscaping) == typeof(MinimalEscaping))
            {
                Vector256<byte> ends = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref from), Vector256.LoadUnsafe(ref from, length - 16));
                ends.GetLower().StoreUnsafe(ref to);
                ends.GetUpper().StoreUnsafe(ref to, length - 16);
                return MinimalEscaping.FindSpecial(ends) == Vector256<byte>.Zero;
            }

            Vector128<byte> first = Narrow(ref from, 0, 8);
            Vector128<byte> last = Narrow(ref from, length - 16, length - 8);
            first.StoreUnsafe(ref to);
            last.StoreUnsafe(ref to, length - 16);
            return AreZero(TEscaping.FindSpecial(first) | TEscaping.FindSpecial(last));
        }

        if (length >= 8)
        {
            Vector128<byte> both = Narrow(ref from, 0, length - 8);
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

        if (length == 0)
        {
            return true;
        }

        uint middle = Unsafe.Add(ref from, length >> 1);
        uint end = Unsafe.Add(ref from, length - 1);
        Unsafe.Add(ref to, length >> 1) = (byte)middle;
        Unsafe.Add(ref to, length - 1) = (byte)end;
        to = (byte)from;
        return (from | middle | end) <= 0x7F && IsPlainInAnyCase(Filling | from | (middle << 8) | (end << 16));
    }

    /// <summary>
    /// Copies from the beginning of <paramref name="source"/> what is plain, or nearly all of it, and says how many characters it copied.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="to">The beginning of at least as many bytes as the text has characters.</param>
    public static int CopyPlain<TEscaping>(ReadOnlySpan<char> source, ref byte to)
        where TEscaping : struct, IJsonEscaping
    {
        const int Block = 16;

        if (!Vector128.IsHardwareAccelerated || source.Length < Block)
        {
            return 0;
        }

        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(source));
        int last = source.Length - Block;

        // The last block overlaps the one before.
        for (int i = 0; ; i = Math.Min(i + Block, last))
        {
            Vector128<byte> block = Narrow(ref from, (uint)i, (uint)i + 8);

            if (!AreZero(TEscaping.FindSpecial(block)))
            {
                return i;
            }

            block.StoreUnsafe(ref to, (uint)i);

            if (i == last)
            {
                return source.Length;
            }
        }
    }

    /// <summary>
    /// Makes bytes of eight UTF-16 code units from one place and eight from another. What does not fit a byte becomes one that is not plain.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Narrow(ref ushort from, nuint first, nuint second) =>
        Narrow(Vector128.LoadUnsafe(ref from, first), Vector128.LoadUnsafe(ref from, second));

    /// <summary>
    /// Gives a number in which the bits of the bytes that are not plain, and no others, are set.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FindSpecial<TEscaping>(Vector128<byte> block)
        where TEscaping : struct, IJsonEscaping
    {
        return (~Vector128.Equals(TEscaping.FindSpecial(block), Vector128<byte>.Zero)).ExtractMostSignificantBits();
    }

    // The instruction of x86 sees signed numbers and makes 0 of those from U+8000 on, which is not plain either. It is one instruction, and needs no
    // wider registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Narrow(Vector128<ushort> lower, Vector128<ushort> upper) =>
        Sse2.IsSupported ? Sse2.PackUnsignedSaturate(lower.AsInt16(), upper.AsInt16()) : Vector128.NarrowWithSaturation(lower, upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreZero(Vector128<byte> block) => block == Vector128<byte>.Zero;
}
