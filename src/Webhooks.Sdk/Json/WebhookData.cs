using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Runs the writers of <see cref="WebhookDataAttribute"/> types.
/// </summary>
internal static class WebhookData
{
    private const int OnStack = 1024;

    /// <summary>
    /// Gives data as the UTF-8 text of one JSON value.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The data cannot be written as JSON.</exception>
    [SkipLocalsInit]
    public static byte[] ToUtf8Bytes<TData>(TData data)
        where TData : IWebhookData
    {
        ThrowIfNull(data);
        int bound = Measure(data, 0);

        if (bound <= OnStack)
        {
            Span<byte> room = stackalloc byte[OnStack];
            return room[..Write(data, room[..bound])].ToArray();
        }

        using RentedData rented = RentedData.Of(data, bound);
        return rented.Json.ToArray();
    }

    /// <summary>
    /// Refuses null, and does not box structs for it.
    /// </summary>
    public static void ThrowIfNull<TData>(TData data)
        where TData : IWebhookData
    {
        if (!typeof(TData).IsValueType && data is null)
        {
            throw new ArgumentNullException(nameof(data));
        }
    }

    /// <summary>
    /// Gives an upper bound of the bytes that <paramref name="data"/> takes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Measure<TData>(TData data, int depth)
        where TData : IWebhookData
    {
        long bound = data.GetMaxJsonLength(depth);

        if ((ulong)bound > (ulong)Array.MaxLength)
        {
            ThrowTooLarge(bound);
        }

        return (int)bound;
    }

    /// <summary>
    /// Writes data that was measured, and says how long it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write<TData>(TData data, Span<byte> room)
        where TData : IWebhookData
    {
        int written = data.WriteJson(room, 0);

        if ((uint)written > (uint)room.Length)
        {
            ThrowOutside(typeof(TData));
        }

        return written;
    }

    /// <summary>
    /// Gives a buffer back to the pool without what was private in it.
    /// </summary>
    public static void Return(byte[] rented, int written)
    {
        // A writer writes its text from the start on, and nothing behind it but what a block of text was longer than its plain beginning.
        rented.AsSpan(0, (int)Math.Min(rented.Length, written + 64L)).Clear();
        ArrayPool<byte>.Shared.Return(rented);
    }

    [DoesNotReturn]
    private static void ThrowTooLarge(long bound)
    {
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"The data may take {bound} bytes, and an array holds at most {Array.MaxLength}. Send it in parts."));
    }

    [DoesNotReturn]
    private static void ThrowOutside(Type type)
    {
        throw new InvalidOperationException($"The writer of {type} came back with an index outside the bytes that it was given.");
    }
}
