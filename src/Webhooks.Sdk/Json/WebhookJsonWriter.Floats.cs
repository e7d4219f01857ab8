using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, double value)
    {
        CheckFinite(value);
        BeginMember(utf8PropertyName);
        AppendNumber(value);
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
        BeginMember(propertyName);
        AppendNumber(value);
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
        BeginValue();
        AppendNumber(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, float value)
    {
        CheckFinite(value);
        BeginMember(utf8PropertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, double)"/>
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, float value)
    {
        CheckFinite(value);
        BeginMember(propertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    public void WriteNumberValue(float value)
    {
        CheckFinite(value);
        BeginValue();
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{byte}, double)"/>
    [OverloadResolutionPriority(-1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, Half value)
    {
        CheckFinite(value);
        BeginMember(utf8PropertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumber(ReadOnlySpan{char}, double)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, Half value)
    {
        CheckFinite(value);
        BeginMember(propertyName);
        AppendFormatted(value);
    }

    /// <inheritdoc cref="WriteNumberValue(double)"/>
    [OverloadResolutionPriority(-1)]
    public void WriteNumberValue(Half value)
    {
        CheckFinite(value);
        BeginValue();
        AppendFormatted(value);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNumber(scoped ReadOnlySpan<byte> utf8PropertyName, decimal value)
    {
        BeginMember(utf8PropertyName);
        AppendNumber(value);
    }

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
    public void WriteNumber(scoped ReadOnlySpan<char> propertyName, decimal value)
    {
        BeginMember(propertyName);
        AppendNumber(value);
    }

    /// <summary>
    /// Writes a number as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// Zeros at the end of the fraction are kept: <c>1.10m</c> is written as <c>1.10</c>.
    /// </remarks>
    /// <param name="value">The number.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNumberValue(decimal value)
    {
        BeginValue();
        AppendNumber(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendNumber(double value)
    {
        ref byte end = ref JsonNumbers.TryWrite(value, ref Begin(MaxNumberLength));

        if (Unsafe.IsNullRef(ref end))
        {
            AppendFormatted(value);
        }
        else
        {
            End(in end);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendNumber(decimal value)
    {
        ref byte end = ref JsonNumbers.TryWrite(value, ref Begin(MaxNumberLength));

        if (Unsafe.IsNullRef(ref end))
        {
            AppendFormatted(value);
        }
        else
        {
            End(in end);
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
