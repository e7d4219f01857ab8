using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

/// <summary>
/// The pieces that the writers of <see cref="WebhookDataAttribute"/> types are made of. For generated code only.
/// </summary>
/// <remarks>
/// <para>
/// Each <c>Write</c> method takes the bytes to write into and an index, and returns the index after what it wrote. All of them check that
/// they stay within the bytes, whatever they are given.
/// </para>
/// <para>
/// <c>WriteText</c> methods begin after the quotation mark, which is a part of the literal before it, and write the one at the end.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class WebhookDataParts
{
    /// <summary>
    /// Writes finished JSON.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="utf8Json">The JSON, whole or a part of it.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteLiteral(Span<byte> destination, int position, ReadOnlySpan<byte> utf8Json)
    {
        utf8Json.CopyTo(Room(destination, position, utf8Json.Length));
        return position + utf8Json.Length;
    }

    /// <summary>
    /// Writes finished JSON that was made longer than it is: some lengths are copied at once, and what is too much is written over by what follows.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="padded">The JSON, whole or a part of it, with anything behind it.</param>
    /// <param name="length">How many of its bytes count.</param>
    /// <returns>The index after the last byte that counts.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteLiteral(Span<byte> destination, int position, ReadOnlySpan<byte> padded, int length)
    {
        padded.CopyTo(Room(destination, position, padded.Length));
        return position + length;
    }

    /// <summary>
    /// Closes an object whose members were each written with a comma before them.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="start">The index of the comma before the first member, which becomes the brace.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteEndObject(Span<byte> destination, int start, int position) => Close(destination, start, position, (byte)'{', (byte)'}');

    /// <summary>
    /// Closes an array whose elements were each written with a comma before them.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="start">The index of the comma before the first element, which becomes the bracket.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteEndArray(Span<byte> destination, int start, int position) => Close(destination, start, position, (byte)'[', (byte)']');

    /// <summary>
    /// Gives an upper bound for data.
    /// </summary>
    /// <typeparam name="TData">The type of the data, a struct or a type parameter.</typeparam>
    /// <param name="value">The data.</param>
    /// <param name="depth">How many objects and arrays are open around it.</param>
    /// <returns>The bound in bytes.</returns>
    /// <exception cref="InvalidOperationException">The data cannot be written as JSON.</exception>
    public static long MaxLength<TData>(TData value, int depth)
        where TData : IWebhookData => value.GetMaxJsonLength(depth);

    /// <summary>
    /// Writes data.
    /// </summary>
    /// <typeparam name="TData">The type of the data, a struct or a type parameter.</typeparam>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <param name="value">The data.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static int WriteData<TData>(Span<byte> destination, int position, TData value)
        where TData : IWebhookData => value.WriteJson(destination, position);

    private static int Close(Span<byte> destination, int start, int position, byte open, byte close)
    {
        // Nothing was written in between: there is no comma to write over.
        if (position == start)
        {
            position++;
        }

        Room(destination, position, 1)[0] = close;
        Room(destination, start, 1)[0] = open;
        return position + 1;
    }

    /// <summary>
    /// Gives <paramref name="length"/> bytes from <paramref name="position"/> on: the one check that all writing passes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<byte> Room(Span<byte> destination, int position, int length)
    {
        // As unsigned numbers, what is negative is too large as well, and the sum cannot overflow.
        if ((ulong)(uint)position + (uint)length > (uint)destination.Length)
        {
            ThrowDoesNotFit();
        }

        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), (nint)(uint)position), length);
    }

    [DoesNotReturn]
    private static void ThrowDoesNotFit()
    {
        throw new InvalidOperationException(
            "The data is longer than it was measured to be: it was changed while it was being written. Do not change data that another thread writes.");
    }
}
