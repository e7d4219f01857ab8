using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // The lengths of -2147483648, 18446744073709551615 and -170141183460469231731687303715884105728.
    private const int MaxInt32Length = 11;
    private const int MaxInt64Length = 20;
    private const int MaxInt128Length = 40;

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, int value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt32Length), value);

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, int value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt32Length), value);

    /// <summary>
    /// Writes a number as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNumberValue(int value) =>
        AppendNumber(ref BeginValue(MaxInt32Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, uint value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt32Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, uint value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt32Length), value);

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(uint value) =>
        AppendNumber(ref BeginValue(MaxInt32Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, long value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, long value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(long value) =>
        AppendNumber(ref BeginValue(MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, ulong value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, ulong value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(ulong value) =>
        AppendNumber(ref BeginValue(MaxInt64Length), value);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, Int128 value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt128Length), value, MaxInt128Length);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, Int128 value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt128Length), value, MaxInt128Length);

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(Int128 value) =>
        AppendNumber(ref BeginValue(MaxInt128Length), value, MaxInt128Length);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, UInt128 value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxInt128Length), value, MaxInt128Length);

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, UInt128 value) =>
        AppendNumber(ref BeginMember(propertyName, MaxInt128Length), value, MaxInt128Length);

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(UInt128 value) =>
        AppendNumber(ref BeginValue(MaxInt128Length), value, MaxInt128Length);

    private void AppendNumber(scoped ref byte to, long value) => EndValue(in JsonNumbers.Write(value, ref to));

    private void AppendNumber(scoped ref byte to, ulong value) => EndValue(in JsonDigits.Write(value, ref to));

    private void AppendNumber<T>(scoped ref byte to, T value, int maxLength)
        where T : struct, IUtf8SpanFormattable
    {
        bool fits = value.TryFormat(MemoryMarshal.CreateSpan(ref to, maxLength), out int length, default, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "A number is longer than was reserved for it.");
        EndValue(in Unsafe.Add(ref to, length));
    }
}
