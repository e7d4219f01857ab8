using System;
using System.Runtime.CompilerServices;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    /// <summary>
    /// Writes a string as a member of the current object, or <c>null</c> for null.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [OverloadResolutionPriority(1)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, string? value)
    {
        BeginMember(utf8PropertyName);
        AppendString(value);
    }

    /// <summary>
    /// Writes a string as a member of the current object, or <c>null</c> for null.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [OverloadResolutionPriority(1)]
    public void WriteString(scoped ReadOnlySpan<char> propertyName, string? value)
    {
        BeginMember(propertyName);
        AppendString(value);
    }

    /// <summary>
    /// Writes a string, or <c>null</c> for null, as the whole text, as the next element of an array, or as the value of the name
    /// written last.
    /// </summary>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    [OverloadResolutionPriority(1)]
    public void WriteStringValue(string? value)
    {
        BeginValue();
        AppendString(value);
    }

    /// <summary>
    /// Writes a string as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, scoped ReadOnlySpan<char> value)
    {
        BeginMember(utf8PropertyName);
        AppendString(value);
    }

    /// <summary>
    /// Writes a string as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, scoped ReadOnlySpan<char> value)
    {
        BeginMember(propertyName);
        AppendString(value);
    }

    /// <summary>
    /// Writes a string as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The text. A lone surrogate becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(scoped ReadOnlySpan<char> value)
    {
        BeginValue();
        AppendString(value);
    }

    /// <summary>
    /// Writes a string as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="utf8Value">The text, as UTF-8 and not escaped. An invalid sequence becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, scoped ReadOnlySpan<byte> utf8Value)
    {
        BeginMember(utf8PropertyName);
        AppendString(utf8Value);
    }

    /// <summary>
    /// Writes a string as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="utf8Value">The text, as UTF-8 and not escaped. An invalid sequence becomes U+FFFD.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, scoped ReadOnlySpan<byte> utf8Value)
    {
        BeginMember(propertyName);
        AppendString(utf8Value);
    }

    /// <summary>
    /// Writes a string as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <param name="utf8Value">The text, as UTF-8 and not escaped. An invalid sequence becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(scoped ReadOnlySpan<byte> utf8Value)
    {
        BeginValue();
        AppendString(utf8Value);
    }

    /// <summary>
    /// Writes a URI as it was given (<see cref="Uri.OriginalString"/>) as a member of the current object, or <c>null</c> for null.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="value">The URI, absolute or relative.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(scoped ReadOnlySpan<byte> utf8PropertyName, Uri? value) => WriteString(utf8PropertyName, value?.OriginalString);

    /// <summary>
    /// Writes a URI as it was given (<see cref="Uri.OriginalString"/>) as a member of the current object, or <c>null</c> for null.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <param name="value">The URI, absolute or relative.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WriteString(scoped ReadOnlySpan<char> propertyName, Uri? value) => WriteString(propertyName, value?.OriginalString);

    /// <summary>
    /// Writes a URI as it was given (<see cref="Uri.OriginalString"/>), or <c>null</c> for null, as the whole text, as the next element of
    /// an array, or as the value of the name written last.
    /// </summary>
    /// <param name="value">The URI, absolute or relative.</param>
    /// <exception cref="InvalidOperationException">A value is not expected here.</exception>
    public void WriteStringValue(Uri? value) => WriteStringValue(value?.OriginalString);
}
