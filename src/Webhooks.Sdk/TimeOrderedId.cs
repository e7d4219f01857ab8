using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading;

namespace Webhooks.Sdk;

/// <summary>
/// Makes ids that sort by the time they were made: a prefix and the 32 hexadecimal digits of a UUID of version 7 (RFC 9562, section 5.7).
/// </summary>
/// <remarks>
/// After the 48 bits of the millisecond come 12 of its fraction, which count on where the clock does not (section 6.2, method 3): within a process each
/// id sorts after those made before it, also when the clock is set back. The other 62 bits are random, so that no two processes make the same. Safe for
/// use by many threads.
/// </remarks>
internal static class TimeOrderedId
{
    private const int Bytes = 16;
    private const int RandomBytes = 8;

    // Randomness is a system call, whose cost does not depend on how little is asked for.
    private const int BatchBytes = 128 * RandomBytes;

    private const int FractionBits = 12;
    private const ulong Version = 0x7000;
    private const ulong Variant = 0x8000_0000_0000_0000;
    private const ulong RandomMask = 0x3FFF_FFFF_FFFF_FFFF;

    private static long _last;

    [ThreadStatic]
    private static byte[]? _batch;

    [ThreadStatic]
    private static int _used;

    /// <summary>
    /// Makes an id that begins with <paramref name="prefix"/>, at most 4 characters.
    /// </summary>
    public static string New(ReadOnlySpan<char> prefix)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Fill(bytes);

        Span<char> id = stackalloc char[4 + (2 * Bytes)];
        prefix.CopyTo(id);
        Convert.TryToHexStringLower(bytes, id[prefix.Length..], out int digits);
        return new string(id[..(prefix.Length + digits)]);
    }

    /// <summary>Makes a key: a UUID of version 7 that is greater than all before it of this process.</summary>
    public static Guid NewKey()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Fill(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    private static void Fill(Span<byte> bytes)
    {
        ulong stamp = (ulong)NextStamp();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (stamp >> FractionBits << 16) | Version | (stamp & ((1 << FractionBits) - 1)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Variant | (NextRandom() & RandomMask));
    }

    // The time in 4096ths of a millisecond, or one more than the last time where that is later.
    private static long NextStamp()
    {
        (long milliseconds, long ticks) = Math.DivRem(TimeProvider.System.GetUtcNow().Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
        long now = (milliseconds << FractionBits) | ((ticks << FractionBits) / TimeSpan.TicksPerMillisecond);
        long last = Volatile.Read(ref _last);

        while (true)
        {
            long next = Math.Max(now, last + 1);
            long seen = Interlocked.CompareExchange(ref _last, next, last);

            if (seen == last)
            {
                return next;
            }

            last = seen;
        }
    }

    private static ulong NextRandom()
    {
        byte[]? batch = _batch;

        if (batch is null || _used == BatchBytes)
        {
            batch = _batch ??= new byte[BatchBytes];
            RandomNumberGenerator.Fill(batch);
            _used = 0;
        }

        ulong random = BinaryPrimitives.ReadUInt64LittleEndian(batch.AsSpan(_used));
        _used += RandomBytes;
        return random;
    }
}
