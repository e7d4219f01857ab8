using System;
using System.Buffers;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Webhooks.Sdk.Json;

internal static partial class JsonTranscoder
{
    private const uint AllOfBlock = 0xFFFF;

    private static readonly SearchValues<char> Ascii = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(value => (char)value)]);

    /// <summary>
    /// Takes sixteen code units at a time: all are written as if they were plain, then those that are not, each with what follows it once more.
    /// </summary>
    /// <remarks>
    /// Stops where fewer than 32 units are left, where there is not room for all that they may take, and at surrogates.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (int Read, int Written) TranscodeBlocks<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination)
        where TEscaping : struct, IJsonEscaping
    {
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int read = 0;
        int written = 0;

        while (Vector128.IsHardwareAccelerated && text.Length - read >= LargeStep && destination.Length - written >= MaxLargeStepLength)
        {
            Vector128<byte> block = JsonText.Narrow(ref from, (uint)read, (uint)read + HalfBlock);
            uint special = JsonText.FindSpecial<TEscaping>(block);
            block.StoreUnsafe(ref to, (uint)written);

            if (special == AllOfBlock && typeof(TEscaping) == typeof(MinimalEscaping))
            {
                ReadOnlySpan<char> run = BeyondAscii(text[read..]);

                if (run.Length >= Block)
                {
                    // Text that is all of another script: the runtime's own loop is the faster one.
                    _ = Utf8.FromUtf16(run, destination[written..], out int runRead, out int runWritten, replaceInvalidSequences: true, isFinalBlock: true);
                    read += runRead;
                    written += runWritten;
                    continue;
                }
            }

            int done = 0;

            for (; special != 0; special &= special - 1)
            {
                int place = int.TrailingZeroCount((int)special);
                uint unit = Unsafe.Add(ref from, read + place);
                written += place - done;

                if (char.IsSurrogate((char)unit))
                {
                    return (read + place, written);
                }

                written += JsonText.Write<TEscaping>(unit, ref Unsafe.Add(ref to, written));
                done = place + 1;
                JsonText.Narrow(ref from, (uint)(read + done), (uint)(read + done) + HalfBlock).StoreUnsafe(ref to, (uint)written);
            }

            read += Block;
            written += Block - done;
        }

        return (read, written);
    }

    private static ReadOnlySpan<char> BeyondAscii(ReadOnlySpan<char> text) => text.IndexOfAny(Ascii) is var end and >= 0 ? text[..end] : text;
}
