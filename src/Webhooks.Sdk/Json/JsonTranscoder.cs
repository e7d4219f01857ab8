using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Makes escaped UTF-8 of text that is long or not plain, in one pass.
/// </summary>
internal static partial class JsonTranscoder
{
    /// <summary>
    /// Goes on until all is read or less than <see cref="JsonText.MaxCharacterLength"/> bytes of room are left.
    /// </summary>
    public static void Transcode<TEscaping>(ReadOnlySpan<char> text, Span<byte> destination, out int read, out int written)
        where TEscaping : struct, IJsonEscaping
    {
        read = 0;
        written = 0;

        if (typeof(TEscaping) == typeof(MinimalEscaping) && IsWide)
        {
            TranscodeWide(text, destination, ref read, ref written);
        }

        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref byte to = ref MemoryMarshal.GetReference(destination);

        while (read < text.Length && written <= destination.Length - JsonText.MaxCharacterLength)
        {
            if (Vector128.IsHardwareAccelerated && text.Length - read >= Vector128<byte>.Count
                && destination.Length - written >= Vector128<byte>.Count + JsonText.MaxCharacterLength)
            {
                // All sixteen are written, and the first that is not plain is written over.
                Vector128<byte> block = JsonText.Narrow(ref from, (uint)read);
                uint special = (~Vector128.Equals(TEscaping.FindSpecial(block), Vector128<byte>.Zero)).ExtractMostSignificantBits();
                block.StoreUnsafe(ref to, (uint)written);

                if (special == 0)
                {
                    read += Vector128<byte>.Count;
                    written += Vector128<byte>.Count;
                    continue;
                }

                int plain = int.TrailingZeroCount((int)special);
                read += plain;
                written += plain;
            }

            uint codePoint = JsonText.Read(text[read..], out int length);
            read += length;
            written += JsonText.Write<TEscaping>(codePoint, ref Unsafe.Add(ref to, written));
        }
    }
}
