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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WritePropertyName(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        BeginMember(utf8PropertyName);
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
        BeginMember(propertyName);
        _place = JsonPlace.AfterName;
    }

    /// <summary>
    /// Writes comma, name and colon.
    /// </summary>
    /// <remarks>
    /// Inlined into the code that calls the writer: a constant name is then checked by the JIT, once, and copied by one or two moves. Kept short, and
    /// without inlined calls where that can be: the JIT inlines nothing more into a method that has 512 locals.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BeginMember(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        // Places where a name may stand: 0 for the first, 1 for one that needs a comma.
        uint comma = (uint)_place - (uint)JsonPlace.FirstMember;

        if (comma <= 1 && utf8PropertyName.Length <= _buffer.Length - _written - MemberOverhead && JsonText.IsPlainName(utf8PropertyName))
        {
            // Without a comma the name goes over it.
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_buffer), (uint)_written);
            to = (byte)',';
            to = ref Unsafe.Add(ref to, comma);
            to = (byte)'"';
            Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, 1), ref MemoryMarshal.GetReference(utf8PropertyName), (uint)utf8PropertyName.Length);
            Unsafe.Add(ref to, utf8PropertyName.Length + 1) = (byte)'"';
            Unsafe.Add(ref to, utf8PropertyName.Length + 2) = (byte)':';
            _written += (int)comma + utf8PropertyName.Length + 3;
            _place = JsonPlace.NextMember;
        }
        else
        {
            BeginMemberSlowly(utf8PropertyName);
        }
    }

    /// <summary>
    /// Does the same for a name that is not plain, for one that does not fit the room that is left, and throws where none may stand.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginMemberSlowly(scoped ReadOnlySpan<byte> utf8PropertyName)
    {
        BeginName();
        AppendString(utf8PropertyName);
        AppendByte((byte)':');
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginMember(scoped ReadOnlySpan<char> propertyName)
    {
        // A null string arrives as a null reference; an empty one does not.
        if (Unsafe.IsNullRef(ref MemoryMarshal.GetReference(propertyName)))
        {
            ThrowNullName(nameof(propertyName));
        }

        BeginName();
        AppendString(propertyName);
        AppendByte((byte)':');
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

    /// <summary>
    /// Writes the comma if one is due before a value without a name.
    /// </summary>
    private void BeginValue()
    {
        if (_place > JsonPlace.NextElement)
        {
            ThrowValueRefused();
        }

        if (_place == JsonPlace.NextElement)
        {
            AppendByte((byte)',');
        }

        _place = PlaceAfterValue();
    }
}
