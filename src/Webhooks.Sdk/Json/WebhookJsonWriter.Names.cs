using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    /// <summary>
    /// Writes the name of the current object's next member; its value must follow.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WritePropertyName(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        BeginMember(utf8PropertyName, 0);
        _place = JsonPlace.AfterName;
    }

    /// <summary>
    /// Writes the name of the current object's next member; its value must follow.
    /// </summary>
    /// <param name="propertyName">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    public void WritePropertyName(scoped ReadOnlySpan<char> propertyName)
    {
        BeginMember(propertyName, 0);
        _place = JsonPlace.AfterName;
    }

    /// <summary>
    /// Writes comma, name and colon, and makes room for a value of <paramref name="valueLength"/> bytes, or for <see cref="MaxRequest"/>
    /// if that is less. The caller writes the value.
    /// </summary>
    private void BeginMember(scoped ReadOnlySpan<byte> utf8PropertyName, long valueLength)
    {
        BeginName(utf8PropertyName.Length, valueLength);
        AppendString(utf8PropertyName);
        EndName(valueLength);
    }

    private void BeginMember(scoped ReadOnlySpan<char> propertyName, long valueLength)
    {
        // A null string arrives as a null reference; an empty one does not.
        if (Unsafe.IsNullRef(ref MemoryMarshal.GetReference(propertyName)))
        {
            ThrowNullName(nameof(propertyName));
        }

        BeginName(propertyName.Length, valueLength);
        AppendString(propertyName);
        EndName(valueLength);
    }

    private void BeginName(int nameLength, long valueLength)
    {
        if (_place is not (JsonPlace.FirstMember or JsonPlace.NextMember))
        {
            ThrowNameRefused();
        }

        // Comma, two quotation marks and colon: one reservation for the whole member unless something needs escaping.
        Reserve(nameLength + 4 + valueLength);

        if (_place == JsonPlace.NextMember)
        {
            _buffer[_written++] = (byte)',';
        }
    }

    private void EndName(long valueLength)
    {
        Reserve(1 + valueLength);
        _buffer[_written++] = (byte)':';
        _place = JsonPlace.NextMember;
    }

    /// <summary>
    /// Writes the comma if one is due, and makes room for a value of <paramref name="length"/> bytes, or for <see cref="MaxRequest"/>
    /// if that is less. The caller writes the value.
    /// </summary>
    private void BeginValue(long length)
    {
        if (_place > JsonPlace.NextElement)
        {
            ThrowValueRefused();
        }

        Reserve(1 + length);

        if (_place == JsonPlace.NextElement)
        {
            _buffer[_written++] = (byte)',';
        }

        _place = PlaceAfterValue();
    }
}
