using System;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // With both quotation marks.
    private const int MaxDateLength = JsonDates.MaxLength + 2;

    /// <summary>
    /// Writes a date and time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12</c>, with <c>Z</c> when it is UTC and an offset when it is local; the fraction of a second is as short as possible.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, DateTime value)
    {
        BeginMember(utf8PropertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date and time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12</c>, with <c>Z</c> when it is UTC and an offset when it is local; the fraction of a second is as short as possible.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, DateTime value)
    {
        BeginMember(propertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date and time in ISO 8601 as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12</c>, with <c>Z</c> when it is UTC and an offset when it is local; the fraction of a second is as short as possible.
    /// </remarks>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(DateTime value)
    {
        BeginValue();
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date and time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12+02:00</c>; the fraction of a second is as short as possible, and UTC has the offset <c>+00:00</c>.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, DateTimeOffset value)
    {
        BeginMember(utf8PropertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date and time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12+02:00</c>; the fraction of a second is as short as possible, and UTC has the offset <c>+00:00</c>.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, DateTimeOffset value)
    {
        BeginMember(propertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date and time in ISO 8601 as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08T12:00:05.12+02:00</c>; the fraction of a second is as short as possible, and UTC has the offset <c>+00:00</c>.
    /// </remarks>
    /// <param name="value">The date, the time, or both.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(DateTimeOffset value)
    {
        BeginValue();
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08</c>.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The date.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, DateOnly value)
    {
        BeginMember(utf8PropertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08</c>.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The date.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, DateOnly value)
    {
        BeginMember(propertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a date in ISO 8601 as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// <c>2021-05-08</c>.
    /// </remarks>
    /// <param name="value">The date.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(DateOnly value)
    {
        BeginValue();
        AppendDate(value);
    }

    /// <summary>
    /// Writes a time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>12:00:05</c>, or <c>12:00:05.1200000</c> where there is a fraction of a second.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The time.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, TimeOnly value)
    {
        BeginMember(utf8PropertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a time in ISO 8601 as a member of the current object.
    /// </summary>
    /// <remarks>
    /// <c>12:00:05</c>, or <c>12:00:05.1200000</c> where there is a fraction of a second.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, TimeOnly value)
    {
        BeginMember(propertyName);
        AppendDate(value);
    }

    /// <summary>
    /// Writes a time in ISO 8601 as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// <c>12:00:05</c>, or <c>12:00:05.1200000</c> where there is a fraction of a second.
    /// </remarks>
    /// <param name="value">The time.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(TimeOnly value)
    {
        BeginValue();
        AppendDate(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendDate(DateTime value)
    {
        ref byte to = ref Begin(MaxDateLength);
        to = (byte)'"';
        to = ref JsonDates.Write(value, ref Unsafe.Add(ref to, 1));
        to = (byte)'"';
        End(in Unsafe.Add(ref to, 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendDate(DateTimeOffset value)
    {
        ref byte to = ref Begin(MaxDateLength);
        to = (byte)'"';
        to = ref JsonDates.Write(value, ref Unsafe.Add(ref to, 1));
        to = (byte)'"';
        End(in Unsafe.Add(ref to, 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendDate(DateOnly value)
    {
        ref byte to = ref Begin(MaxDateLength);
        to = (byte)'"';
        to = ref JsonDates.Write(value, ref Unsafe.Add(ref to, 1));
        to = (byte)'"';
        End(in Unsafe.Add(ref to, 1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendDate(TimeOnly value)
    {
        ref byte to = ref Begin(MaxDateLength);
        to = (byte)'"';
        to = ref JsonDates.Write(value, ref Unsafe.Add(ref to, 1));
        to = (byte)'"';
        End(in Unsafe.Add(ref to, 1));
    }
}
