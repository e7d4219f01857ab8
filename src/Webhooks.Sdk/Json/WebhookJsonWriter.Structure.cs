using System;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    /// <summary>
    /// Opens an object as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here, or 64 objects and arrays are open.</exception>
    public void WriteStartObject()
    {
        CheckDepth();
        BeginValue();
        OpenObject();
    }

    /// <summary>
    /// Opens an object as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteStartObject(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        CheckDepth();
        BeginMember(utf8PropertyName);
        OpenObject();
    }

    /// <summary>
    /// Opens an object as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    public void WriteStartObject(scoped ReadOnlySpan<char> propertyName)
    {
        CheckDepth();
        BeginMember(propertyName);
        OpenObject();
    }

    /// <summary>
    /// Opens an array as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here, or 64 objects and arrays are open.</exception>
    public void WriteStartArray()
    {
        CheckDepth();
        BeginValue();
        OpenArray();
    }

    /// <summary>
    /// Opens an array as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteStartArray(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        CheckDepth();
        BeginMember(utf8PropertyName);
        OpenArray();
    }

    /// <summary>
    /// Opens an array as a member of the current object.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    public void WriteStartArray(scoped ReadOnlySpan<char> propertyName)
    {
        CheckDepth();
        BeginMember(propertyName);
        OpenArray();
    }

    /// <summary>
    /// Closes the current object.
    /// </summary>
    /// <exception cref="InvalidOperationException">No object is open, an array in it is, or its last name has no value.</exception>
    public void WriteEndObject()
    {
        if (_place is not (JsonPlace.FirstMember or JsonPlace.NextMember))
        {
            ThrowEndRefused(nameof(WriteEndObject));
        }

        Close((byte)'}');
    }

    /// <summary>
    /// Closes the current array.
    /// </summary>
    /// <exception cref="InvalidOperationException">No array is open, or an object in it is.</exception>
    public void WriteEndArray()
    {
        if (_place is not (JsonPlace.FirstElement or JsonPlace.NextElement))
        {
            ThrowEndRefused(nameof(WriteEndArray));
        }

        Close((byte)']');
    }

    private readonly void CheckDepth()
    {
        if (_depth == MaxDepth)
        {
            ThrowTooDeep();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OpenObject()
    {
        AppendByte((byte)'{');
        _objects = (_objects << 1) | 1;
        _depth++;
        _place = JsonPlace.FirstMember;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OpenArray()
    {
        AppendByte((byte)'[');
        _objects <<= 1;
        _depth++;
        _place = JsonPlace.FirstElement;
    }

    private void Close(byte bracket)
    {
        AppendByte(bracket);
        _objects >>= 1;
        _depth--;
        _place = PlaceAfterValue();
    }

    private readonly JsonPlace PlaceAfterValue()
    {
        if (_depth == 0)
        {
            return JsonPlace.End;
        }

        return (_objects & 1) != 0 ? JsonPlace.NextMember : JsonPlace.NextElement;
    }
}
