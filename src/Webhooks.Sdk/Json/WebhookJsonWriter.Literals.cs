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
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteBoolean(scoped ReadOnlySpan<byte> utf8PropertyName, bool value) =>
        AppendBoolean(ref BeginMember(utf8PropertyName, MaxLiteralLength), value);

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The truth value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteBoolean(scoped ReadOnlySpan<char> propertyName, bool value) =>
        AppendBoolean(ref BeginMember(propertyName, MaxLiteralLength), value);

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The truth value.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteBooleanValue(bool value) =>
        AppendBoolean(ref BeginValue(MaxLiteralLength), value);

    /// <summary>
    /// Writes <c>null</c> as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteNull(scoped ReadOnlySpan<byte> utf8PropertyName) =>
        AppendNull(ref BeginMember(utf8PropertyName, MaxLiteralLength));

    /// <summary>
    /// Writes <c>null</c> as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNull(scoped ReadOnlySpan<char> propertyName) =>
        AppendNull(ref BeginMember(propertyName, MaxLiteralLength));

    /// <summary>
    /// Writes <c>null</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNullValue() =>
        AppendNull(ref BeginValue(MaxLiteralLength));

    private void AppendBoolean(scoped ref byte to, bool value) => AppendLiteral(ref to, value ? "true"u8 : "false"u8);

    private void AppendNull(scoped ref byte to) => AppendLiteral(ref to, "null"u8);

    private void AppendLiteral(scoped ref byte to, ReadOnlySpan<byte> text)
    {
        Unsafe.CopyBlockUnaligned(ref to, in MemoryMarshal.GetReference(text), (uint)text.Length);
        EndValue(in Unsafe.Add(ref to, text.Length));
    }
}
