using System;
using System.Buffers;
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

        WritePropertyName(utf8PropertyName);
        WriteDataValue(data);
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

        WritePropertyName(propertyName);
        WriteDataValue(data);
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
        if (_buffer.Length - _written <= bound)
        {
            Grow(1L + bound);
        }

        if (_buffer.Length - _written > bound)
        {
            WriteInPlace(data);
        }
        else
        {
            WriteRented(data, bound);
        }
    }

    private void WriteInPlace<TData>(TData data)
        where TData : IWebhookData
    {
        JsonPlace place = _place;
        int written = _written;
        BeginValue();

        try
        {
            _written += WebhookData.Write(data, _buffer[_written..]);
        }
        catch
        {
            // Nothing of it has been written, nor the comma before it.
            _place = place;
            _written = written;
            throw;
        }
    }

    // The output hands out less at a time than the data may need.
    private void WriteRented<TData>(TData data, int bound)
        where TData : IWebhookData
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(bound);
        int written = rented.Length;

        try
        {
            written = WebhookData.Write(data, rented.AsSpan(0, bound));
            BeginValue();
            AppendBytes(rented.AsSpan(0, written));
        }
        finally
        {
            WebhookData.Return(rented, written);
        }
    }
}
