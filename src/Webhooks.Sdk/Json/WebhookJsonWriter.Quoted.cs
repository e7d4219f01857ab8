using System;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // The lengths of 0f8fad5b-d9cb-469f-a165-70867728950e and -10675199.02:48:05.4775808, with both quotation marks.
    private const int MaxGuidLength = 38;
    private const int MaxTimeSpanLength = 28;

    /// <summary>
    /// Writes a GUID as a member of the current object.
    /// </summary>
    /// <remarks>
    /// 32 lower-case hexadecimal digits in five groups: <c>0f8fad5b-d9cb-469f-a165-70867728950e</c>.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The GUID.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, Guid value)
    {
        BeginMember(utf8PropertyName);
        AppendQuoted(value);
    }

    /// <summary>
    /// Writes a GUID as a member of the current object.
    /// </summary>
    /// <remarks>
    /// 32 lower-case hexadecimal digits in five groups: <c>0f8fad5b-d9cb-469f-a165-70867728950e</c>.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The GUID.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, Guid value)
    {
        BeginMember(propertyName);
        AppendQuoted(value);
    }

    /// <summary>
    /// Writes a GUID as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// 32 lower-case hexadecimal digits in five groups: <c>0f8fad5b-d9cb-469f-a165-70867728950e</c>.
    /// </remarks>
    /// <param name="value">The GUID.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(Guid value)
    {
        BeginValue();
        AppendQuoted(value);
    }

    /// <summary>
    /// Writes a span of time as a member of the current object.
    /// </summary>
    /// <remarks>
    /// The constant format: <c>[-][d.]hh:mm:ss[.fffffff]</c>.
    /// </remarks>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The span of time.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, TimeSpan value)
    {
        BeginMember(utf8PropertyName);
        AppendQuoted(value);
    }

    /// <summary>
    /// Writes a span of time as a member of the current object.
    /// </summary>
    /// <remarks>
    /// The constant format: <c>[-][d.]hh:mm:ss[.fffffff]</c>.
    /// </remarks>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The span of time.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, TimeSpan value)
    {
        BeginMember(propertyName);
        AppendQuoted(value);
    }

    /// <summary>
    /// Writes a span of time as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <remarks>
    /// The constant format: <c>[-][d.]hh:mm:ss[.fffffff]</c>.
    /// </remarks>
    /// <param name="value">The span of time.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(TimeSpan value)
    {
        BeginValue();
        AppendQuoted(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(Guid value) => AppendQuoted(value, MaxGuidLength);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendQuoted(TimeSpan value) => AppendQuoted(value, MaxTimeSpanLength);

    private void AppendQuoted<T>(T value, int maxLength)
        where T : struct, IUtf8SpanFormattable
    {
        ref byte to = ref Begin(maxLength);
        Span<byte> room = MemoryMarshal.CreateSpan(ref to, maxLength);
        bool fits = value.TryFormat(room[1..], out int length, default, CultureInfo.InvariantCulture);
        Debug.Assert(fits, "A value is longer than was reserved for it.");
        room[0] = (byte)'"';
        room[length + 1] = (byte)'"';
        End(in Unsafe.Add(ref to, length + 2));
    }
}
