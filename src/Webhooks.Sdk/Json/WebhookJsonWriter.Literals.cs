using System;

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
    public void WriteBoolean(scoped ReadOnlySpan<byte> utf8PropertyName, bool value)
    {
        BeginMember(utf8PropertyName, MaxLiteralLength);
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
        BeginMember(propertyName, MaxLiteralLength);
        AppendBoolean(value);
    }

    /// <summary>
    /// Writes <c>true</c> or <c>false</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The truth value.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteBooleanValue(bool value)
    {
        BeginValue(MaxLiteralLength);
        AppendBoolean(value);
    }

    /// <summary>
    /// Writes <c>null</c> as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteNull(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        BeginMember(utf8PropertyName, MaxLiteralLength);
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
        BeginMember(propertyName, MaxLiteralLength);
        AppendNull();
    }

    /// <summary>
    /// Writes <c>null</c> as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteNullValue()
    {
        BeginValue(MaxLiteralLength);
        AppendNull();
    }

    private void AppendBoolean(bool value)
    {
        ReadOnlySpan<byte> text = value ? "true"u8 : "false"u8;
        text.CopyTo(_buffer[_written..]);
        _written += text.Length;
    }

    private void AppendNull()
    {
        "null"u8.CopyTo(_buffer[_written..]);
        _written += 4;
    }
}
