using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // More than the longest take: -2.2250738585072014E-308 and -0.0000000000000000000000000001.
    private const int MaxFloatLength = 32;
    private const int MaxDecimalLength = 32;

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <remarks>
    /// The shortest text that reads back as the same number.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite, which JSON cannot say.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, double value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(utf8PropertyName, MaxFloatLength), value);
    }

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <remarks>
    /// The shortest text that reads back as the same number.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite, which JSON cannot say.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, double value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(propertyName, MaxFloatLength), value);
    }

    /// <summary>
    /// Writes a number as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// The shortest text that reads back as the same number.
    /// </remarks>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is NaN or infinite, which JSON cannot say.</exception>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNumberValue(double value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginValue(MaxFloatLength), value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, double)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, float value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(utf8PropertyName, MaxFloatLength), value, MaxFloatLength);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, double)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, float value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(propertyName, MaxFloatLength), value, MaxFloatLength);
    }

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    public void WriteNumberValue(float value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginValue(MaxFloatLength), value, MaxFloatLength);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, double)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, Half value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(utf8PropertyName, MaxFloatLength), value, MaxFloatLength);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, double)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, Half value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginMember(propertyName, MaxFloatLength), value, MaxFloatLength);
    }

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(Half value)
    {
        CheckFinite(value);
        AppendNumber(ref BeginValue(MaxFloatLength), value, MaxFloatLength);
    }

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <remarks>
    /// Zeros at the end of the fraction are kept: <c>1.10m</c> is written as <c>1.10</c>.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, decimal value) =>
        AppendNumber(ref BeginMember(utf8PropertyName, MaxDecimalLength), value);

    /// <summary>
    /// Writes a number as a member of the current object.
    /// </summary>
    /// <remarks>
    /// Zeros at the end of the fraction are kept: <c>1.10m</c> is written as <c>1.10</c>.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, decimal value) =>
        AppendNumber(ref BeginMember(propertyName, MaxDecimalLength), value);

    /// <summary>
    /// Writes a number as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// Zeros at the end of the fraction are kept: <c>1.10m</c> is written as <c>1.10</c>.
    /// </remarks>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNumberValue(decimal value) =>
        AppendNumber(ref BeginValue(MaxDecimalLength), value);

    private void AppendNumber(scoped ref byte to, double value)
    {
        ref byte end = ref JsonNumbers.TryWrite(value, ref to);

        if (Unsafe.IsNullRef(ref end))
        {
            AppendNumber(ref to, value, MaxFloatLength);
        }
        else
        {
            EndValue(in end);
        }
    }

    private void AppendNumber(scoped ref byte to, decimal value)
    {
        ref byte end = ref JsonNumbers.TryWrite(value, ref to);

        if (Unsafe.IsNullRef(ref end))
        {
            AppendNumber(ref to, value, MaxDecimalLength);
        }
        else
        {
            EndValue(in end);
        }
    }

    private static void CheckFinite<T>(T value)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
        {
            ThrowNotFinite(nameof(value));
        }
    }
}
