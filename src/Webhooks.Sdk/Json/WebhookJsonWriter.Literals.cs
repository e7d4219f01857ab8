using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // The length of false.
    private const int MaxLiteralLength = 5;

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The truth value.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBoolean(scoped ReadOnlySpan<byte> utf8PropertyName, bool value)
    {
        BeginMember(utf8PropertyName);
        AppendBoolean(value);
    }

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The truth value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteBoolean(scoped ReadOnlySpan<char> propertyName, bool value)
    {
        BeginMember(propertyName);
        AppendBoolean(value);
    }

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The truth value.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteBooleanValue(bool value)
    {
        BeginValue();
        AppendBoolean(value);
    }

    /// <summary>
    /// Writes <c>null</c> as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteNull(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        BeginMember(utf8PropertyName);
        AppendNull();
    }

    /// <summary>
    /// Writes <c>null</c> as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNull(scoped ReadOnlySpan<char> propertyName)
    {
        BeginMember(propertyName);
        AppendNull();
    }

    /// <summary>
    /// Writes <c>null</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNullValue()
    {
        BeginValue();
        AppendNull();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendBoolean(bool value)
    {
        Span<byte> room = MemoryMarshal.CreateSpan(ref Begin(MaxLiteralLength), MaxLiteralLength);

        if (value)
        {
            "true"u8.CopyTo(room);
            _written += 4;
        }
        else
        {
            "false"u8.CopyTo(room);
            _written += 5;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AppendNull()
    {
        "null"u8.CopyTo(MemoryMarshal.CreateSpan(ref Begin(MaxLiteralLength), MaxLiteralLength));
        _written += 4;
    }
}
