using System;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    /// <summary>
    /// Writes data of a type with <see cref="WebhookDataAttribute"/> as a member of the current object.
    /// </summary>
    /// <typeparam name="TData">The type of the data.</typeparam>
    /// <param name="utf8PropertyName">The name, as UTF-8.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here, or the data cannot be written as JSON.</exception>
    public void WriteData<TData>(scoped ReadOnlySpan<byte> utf8PropertyName, TData data)
        where TData : IWebhookData
    {
        WebhookData.ThrowIfNull(data);
        int bound = WebhookData.Measure(data, _depth);

        if (Reserves(MaxMemberLength(utf8PropertyName.Length) + bound))
        {
            (JsonPlace place, int written) = (_place, _written);
            WritePropertyName(utf8PropertyName);
            WriteInPlace(data, place, written);
        }
        else
        {
            using RentedData rented = RentedData.Of(data, bound);
            WritePropertyName(utf8PropertyName);
            AppendValue(rented.Json);
        }
    }

    /// <summary>
    /// Writes data of a type with <see cref="WebhookDataAttribute"/> as a member of the current object.
    /// </summary>
    /// <typeparam name="TData">The type of the data.</typeparam>
    /// <param name="propertyName">The name.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentNullException"><paramref name="propertyName"/> or <paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A name is not expected here, or the data cannot be written as JSON.</exception>
    public void WriteData<TData>(scoped ReadOnlySpan<char> propertyName, TData data)
        where TData : IWebhookData
    {
        WebhookData.ThrowIfNull(data);
        int bound = WebhookData.Measure(data, _depth);

        if (Reserves(MaxMemberLength(propertyName.Length) + bound))
        {
            (JsonPlace place, int written) = (_place, _written);
            WritePropertyName(propertyName);
            WriteInPlace(data, place, written);
        }
        else
        {
            using RentedData rented = RentedData.Of(data, bound);
            WritePropertyName(propertyName);
            AppendValue(rented.Json);
        }
    }

    /// <summary>
    /// Writes data of a type with <see cref="WebhookDataAttribute"/> as the whole text, as the next element of an array, or as the value
    /// of the name written last.
    /// </summary>
    /// <typeparam name="TData">The type of the data.</typeparam>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">A value is not expected here, or the data cannot be written as JSON.</exception>
    public void WriteDataValue<TData>(TData data)
        where TData : IWebhookData
    {
        WebhookData.ThrowIfNull(data);
        int bound = WebhookData.Measure(data, _depth);

        // One more for the comma.
        if (Reserves(1L + bound))
        {
            WriteInPlace(data, _place, _written);
        }
        else
        {
            using RentedData rented = RentedData.Of(data, bound);
            AppendValue(rented.Json);
        }
    }

    // Each byte of a name takes at most an escape, each UTF-16 unit too; and whoever writes one character asks for the room of the longest.
    private static long MaxMemberLength(int nameLength) => ((long)JsonText.MaxEscapeLength * nameLength) + JsonText.MaxCharacterLength + MemberOverhead;

    /// <summary>
    /// Asks the output for room, and says whether it gave as much at once: what is written there can still be taken back.
    /// </summary>
    private bool Reserves(long length)
    {
        if (_buffer.Length - _written < length)
        {
            Grow(length);
        }

        return _buffer.Length - _written >= length;
    }

    /// <summary>
    /// Writes data where there is room for it. When that fails, the writer is what it was at the given place.
    /// </summary>
    private void WriteInPlace<TData>(TData data, JsonPlace place, int written)
        where TData : IWebhookData
    {
        try
        {
            BeginValue();
            _written += WebhookData.Write(data, _buffer[_written..]);
        }
        catch
        {
            _place = place;
            _written = written;
            throw;
        }
    }

    private void AppendValue(scoped ReadOnlySpan<byte> json)
    {
        BeginValue();
        AppendBytes(json);
    }
}
