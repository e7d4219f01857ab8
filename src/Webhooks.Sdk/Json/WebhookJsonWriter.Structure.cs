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
        OpenObject(ref BeginValue(1));
    }

    /// <summary>
    /// Opens an object as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteStartObject(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        CheckDepth();
        OpenObject(ref BeginMember(utf8PropertyName, 1));
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
        OpenObject(ref BeginMember(propertyName, 1));
    }

    /// <summary>
    /// Opens an array as the whole text, as the next element of an array, or as the value of the name written last.
    /// </summary>
    /// <exception cref="InvalidOperationException">A value is not expected here, or 64 objects and arrays are open.</exception>
    public void WriteStartArray()
    {
        CheckDepth();
        OpenArray(ref BeginValue(1));
    }

    /// <summary>
    /// Opens an array as a member of the current object.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here, or 64 objects and arrays are open.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteStartArray(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        CheckDepth();
        OpenArray(ref BeginMember(utf8PropertyName, 1));
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
        OpenArray(ref BeginMember(propertyName, 1));
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

    private void OpenObject(scoped ref byte to)
    {
        to = (byte)'{';
        EndValue(in Unsafe.Add(ref to, 1));
        _objects = (_objects << 1) | 1;
        _depth++;
        _place = JsonPlace.FirstMember;
    }

    private void OpenArray(scoped ref byte to)
    {
        to = (byte)'[';
        EndValue(in Unsafe.Add(ref to, 1));
        _objects <<= 1;
        _depth++;
        _place = JsonPlace.FirstElement;
    }

    private void Close(byte bracket)
    {
        Reserve(1);
        _buffer[_written++] = bracket;
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
