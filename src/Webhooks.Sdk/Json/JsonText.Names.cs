using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk.Json;

internal static partial class JsonText
{
    private const int MaxPlainNameLength = 32;

    // Plain characters for what three leave of a register.
    private const ulong Filling = 0x4141414141000000;

    /// <summary>
    /// Tells whether a name is plain whatever the escaping. Some plain names are not recognized: those of more than 32 characters, and those with a
    /// space, <c>$</c> or another character below the hyphen.
    /// </summary>
    /// <remarks>
    /// Eight bytes at a time in ordinary registers, and without loops: of a constant, unlike of a vector, the JIT knows the result.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsPlainName(ReadOnlySpan<byte> name)
    {
        ref byte from = ref MemoryMarshal.GetReference(name);

        if (name.Length < 4)
        {
            return name.Length == 0
                || IsPlainInAnyCase(Filling | from | ((ulong)Unsafe.Add(ref from, name.Length >> 1) << 8) | ((ulong)Unsafe.Add(ref from, name.Length - 1) << 16));
        }

        if (name.Length < 8)
        {
            return IsPlainInAnyCase(Unsafe.ReadUnaligned<uint>(ref from) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref from, name.Length - 4)) << 32));
        }

        return name.Length <= MaxPlainNameLength
            && IsPlainInAnyCase(Unsafe.ReadUnaligned<ulong>(ref from))
            && IsPlainInAnyCase(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, name.Length - 8)))
            && (name.Length <= 16
                || (IsPlainInAnyCase(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, 8)))
                    && IsPlainInAnyCase(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, name.Length - 16)))));
    }

    // Sets the highest bit of each byte that is below the hyphen, beyond ASCII, U+007F, < or >, \, or `, the last three by taking 1 from 0. A borrow or a
    // carry can only come from a byte that is special itself.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlainInAnyCase(ulong eight)
    {
        const ulong Each = 0x0101010101010101;

        return ((eight
            | (eight - (Each * '-'))
            | (eight + Each)
            | (((eight & ~(Each * 2)) ^ (Each * '<')) - Each)
            | ((eight ^ (Each * '\\')) - Each)
            | ((eight ^ (Each * '`')) - Each)) & (Each * 0x80)) == 0;
    }
}
