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
        EndValue(BeginMember(utf8PropertyName, 0), 0);
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
        EndValue(BeginMember(propertyName, 0), 0);
        _place = JsonPlace.AfterName;
    }

    /// <summary>
    /// Writes comma, name and colon and gives the room behind them: <paramref name="valueLength"/> bytes, or <see cref="MaxRequest"/> if
    /// that is less. The caller puts the value there and calls <see cref="EndValue"/>.
    /// </summary>
    private Span<byte> BeginMember(scoped ReadOnlySpan<byte> utf8PropertyName, long valueLength)
    {
        Span<byte> room = BeginName(utf8PropertyName.Length, valueLength, out int comma);
        Span<byte> name = room[comma..];

        if (utf8PropertyName.Length <= MaxPlainLength && name.Length >= utf8PropertyName.Length + 3 + valueLength
            && JsonText.TryCopyPlain(utf8PropertyName, name[1..]))
        {
            return EndPlainName(name, utf8PropertyName.Length);
        }

        EndValue(room, comma);
        AppendQuoted(utf8PropertyName);
        return EndName(valueLength);
    }

    private Span<byte> BeginMember(scoped ReadOnlySpan<char> propertyName, long valueLength)
    {
        // A null string arrives as a null reference; an empty one does not.
        if (Unsafe.IsNullRef(ref MemoryMarshal.GetReference(propertyName)))
        {
            ThrowNullName(nameof(propertyName));
        }

        Span<byte> room = BeginName(propertyName.Length, valueLength, out int comma);
        Span<byte> name = room[comma..];

        if (propertyName.Length <= MaxPlainLength && name.Length >= propertyName.Length + 3 + valueLength
            && JsonText.TryCopyPlain(propertyName, name[1..]))
        {
            return EndPlainName(name, propertyName.Length);
        }

        EndValue(room, comma);
        AppendQuoted(propertyName);
        return EndName(valueLength);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> BeginName(int nameLength, long valueLength, out int comma)
    {
        if (_place is not (JsonPlace.FirstMember or JsonPlace.NextMember))
        {
            ThrowNameRefused();
        }

        // Comma, two quotation marks and colon: one reservation for the whole member unless something needs escaping.
        Reserve(nameLength + 4 + valueLength);
        Span<byte> room = _buffer[_written..];

        // Without a comma the name goes over it.
        room[0] = (byte)',';
        comma = _place == JsonPlace.NextMember ? 1 : 0;
        _place = JsonPlace.NextMember;
        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<byte> EndPlainName(Span<byte> name, int length)
    {
        name[0] = (byte)'"';
        name[length + 1] = (byte)'"';
        name[length + 2] = (byte)':';
        return name[(length + 3)..];
    }

    private Span<byte> EndName(long valueLength)
    {
        Reserve(1 + valueLength);
        _buffer[_written++] = (byte)':';
        return _buffer[_written..];
    }

    /// <summary>
    /// Writes the comma if one is due and gives the room behind it: <paramref name="length"/> bytes, or <see cref="MaxRequest"/> if that is
    /// less. The caller puts the value there and calls <see cref="EndValue"/>.
    /// </summary>
    private Span<byte> BeginValue(long length)
    {
        if (_place > JsonPlace.NextElement)
        {
            ThrowValueRefused();
        }

        Reserve(1 + length);
        Span<byte> room = _buffer[_written..];

        if (_place == JsonPlace.NextElement)
        {
            room[0] = (byte)',';
            room = room[1..];
        }

        _place = PlaceAfterValue();
        return room;
    }

    /// <summary>
    /// Counts what was put into the room that a beginning gave: all before it, and <paramref name="length"/> bytes of it.
    /// </summary>
    private void EndValue(Span<byte> room, int length) => _written = _buffer.Length - room.Length + length;
}
