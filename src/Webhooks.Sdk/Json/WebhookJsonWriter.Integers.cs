using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // The lengths of 18446744073709551615 and of the longest number of any kind, -170141183460469231731687303715884105728.
    private const int MaxInt64Length = 20;
    private const int MaxNumberLength = 40;

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, int value)
    {
        BeginMember(utf8PropertyName);
        AppendNumber(value);
    }

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, int value)
    {
        BeginMember(propertyName);
        AppendNumber(value);
    }

    /// <summary>
    /// Writes a number as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNumberValue(int value)
    {
        BeginValue();
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, uint value)
    {
        BeginMember(utf8PropertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, uint value)
    {
        BeginMember(propertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(uint value)
    {
        BeginValue();
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, long value)
    {
        BeginMember(utf8PropertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, long value)
    {
        BeginMember(propertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(long value)
    {
        BeginValue();
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, ulong value)
    {
        BeginMember(utf8PropertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, ulong value)
    {
        BeginMember(propertyName);
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    public void WriteNumberValue(ulong value)
    {
        BeginValue();
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, Int128 value)
    {
        BeginMember(utf8PropertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, Int128 value)
    {
        BeginMember(propertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(Int128 value)
    {
        BeginValue();
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, int)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, UInt128 value)
    {
        BeginMember(utf8PropertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, UInt128 value)
    {
        BeginMember(propertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumberValue(int)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(UInt128 value)
    {
        BeginValue();
        AppendFormatted(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendNumber(long value) => End(in JsonNumbers.Write(value, ref Begin(MaxInt64Length)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendNumber(ulong value) => End(in JsonDigits.Write(value, ref Begin(MaxInt64Length)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendFormatted<T>(T value)
        where T : struct, IUtf8SpanFormattable
    {
        ref byte to = ref Begin(MaxNumberLength);
        bool fits = value.TryFormat(MemoryMarshal.CreateSpan(ref to, MaxNumberLength), out int length, default, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "A number is longer than was reserved for it.");
        End(in Unsafe.Add(ref to, length));
    }
}
