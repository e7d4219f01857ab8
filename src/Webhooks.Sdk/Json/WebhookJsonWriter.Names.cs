using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    // Comma, two quotation marks and colon.
    private const int MemberOverhead = 4;

    /// <summary>
    /// Writes the name of the current object's next member; its value must follow.
    /// </summary>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <exception cref="InvalidOperationException">A name is not expected here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WritePropertyName(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        EndValue(in BeginMember(utf8PropertyName, 0));
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
        EndValue(in BeginMember(propertyName, 0));
        _place = JsonPlace.AfterName;
    }

    /// <summary>
    /// Writes comma, name and colon and gives the place behind them, where there is room for at least <paramref name="valueLength"/> bytes. The
    /// caller puts the value there and calls <see cref="EndValue"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte BeginMember(scoped ReadOnlySpan<byte> utf8PropertyName, int valueLength)
    {
        // Places where a name may stand: 0 for the first, 1 for one that needs a comma.
        uint comma = (uint)_place - (uint)JsonPlace.FirstMember;

        if (comma <= 1 && utf8PropertyName.Length <= _buffer.Length - _written - MemberOverhead - valueLength)
        {
            // Without a comma the name goes over it.
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (uint)_written);
            to = (byte)',';
            to = ref Unsafe.Add(ref to, comma);

            // What is plain to System.Text.Json is plain in any case.
            if (JsonText.TryCopyPlain<SystemTextJsonEscaping>(utf8PropertyName, ref Unsafe.Add(ref to, 1)))
            {
                to = (byte)'"';
                to = ref Unsafe.Add(ref to, (uint)utf8PropertyName.Length);
                Unsafe.Add(ref to, 1) = (byte)'"';
                Unsafe.Add(ref to, 2) = (byte)':';
                _place = JsonPlace.NextMember;
                return ref Unsafe.Add(ref to, 3);
            }
        }

        return ref BeginMemberSlowly(utf8PropertyName, valueLength);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref byte BeginMember(scoped ReadOnlySpan<char> propertyName, int valueLength)
    {
        // A null string arrives as a null reference; an empty one does not.
        if (Unsafe.IsNullRef(ref MemoryMarshal.GetReference(propertyName)))
        {
            ThrowNullName(nameof(propertyName));
        }

        BeginName();

        if (propertyName.Length <= MaxPlainLength)
        {
            Reserve(propertyName.Length + MemberOverhead + valueLength);
            ref byte to = ref Position;

            if (JsonText.TryCopyPlain<SystemTextJsonEscaping>(propertyName, ref Unsafe.Add(ref to, 1)))
            {
                to = (byte)'"';
                to = ref Unsafe.Add(ref to, (uint)propertyName.Length);
                Unsafe.Add(ref to, 1) = (byte)'"';
                Unsafe.Add(ref to, 2) = (byte)':';
                return ref Unsafe.Add(ref to, 3);
            }
        }

        AppendQuoted(propertyName);
        return ref EndName(valueLength);
    }

    /// <summary>
    /// Does the same for a name that is not plain, for one that does not fit the room that is left, and throws where none may stand.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref byte BeginMemberSlowly(scoped ReadOnlySpan<byte> utf8PropertyName, int valueLength)
    {
        BeginName();
        AppendQuoted(utf8PropertyName);
        return ref EndName(valueLength);
    }

    private void BeginName()
    {
        if (_place is not (JsonPlace.FirstMember or JsonPlace.NextMember))
        {
            ThrowNameRefused();
        }

        if (_place == JsonPlace.NextMember)
        {
            AppendByte((byte)',');
        }

        _place = JsonPlace.NextMember;
    }

    private ref byte EndName(int valueLength)
    {
        Reserve(1 + valueLength);
        _buffer[_written++] = (byte)':';
        return ref Position;
    }

    /// <summary>
    /// Writes the comma if one is due and gives the place behind it, where there is room for at least <paramref name="length"/> bytes. The
    /// caller puts the value there and calls <see cref="EndValue"/>.
    /// </summary>
    private ref byte BeginValue(int length)
    {
        if (_place > JsonPlace.NextElement)
        {
            ThrowValueRefused();
        }

        Reserve(1 + length);
        ref byte to = ref Position;
        to = (byte)',';
        to = ref Unsafe.Add(ref to, _place == JsonPlace.NextElement ? 1u : 0u);
        _place = PlaceAfterValue();
        return ref to;
    }

    /// <summary>
    /// Counts what a beginning wrote, and the value behind it up to <paramref name="end"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndValue(scoped ref readonly byte end) => _written = (int)Unsafe.ByteOffset(in MemoryMarshal.GetReference(_buffer), in end);
}
