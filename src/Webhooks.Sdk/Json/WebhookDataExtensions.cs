using System;
using System.Buffers;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

/// <summary>
/// What can be done with data of types with <see cref="WebhookDataAttribute"/>.
/// </summary>
public static class WebhookDataExtensions
{
    // A pipe pools segments of some thousand bytes, and larger ones it may have to allocate.
    private const int MaxRequest = 16 * 1024;

    /// <summary>
    /// Writes the data as one JSON value in UTF-8, and allocates nothing.
    /// </summary>
    /// <typeparam name="TData">The type of the data.</typeparam>
    /// <param name="data">The data; it must not change while it is written.</param>
    /// <param name="output">Where the text goes. When an exception is thrown, it gets nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> or <paramref name="output"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data cannot be written as JSON: a number is NaN or infinite, or objects nest deeper than 64.
    /// </exception>
    public static void WriteTo<TData>(this TData data, IBufferWriter<byte> output)
        where TData : IWebhookData
    {
        WebhookData.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(output);

        // Code that is shared by all classes would have to look up each method by the type of the data.
        if (typeof(TData).IsValueType)
        {
            Write(data, output);
        }
        else
        {
            Write<IWebhookData>(data, output);
        }
    }

    private static void Write<TData>(TData data, IBufferWriter<byte> output)
        where TData : IWebhookData
    {
        int bound = WebhookData.Measure(data, 0);

        if (bound <= MaxRequest)
        {
            output.Advance(WebhookData.Write(data, output.GetSpan(bound)));
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(bound);
        int written = rented.Length;

        try
        {
            written = WebhookData.Write(data, rented);
            output.Write(rented.AsSpan(0, written));
        }
        finally
        {
            WebhookData.Return(rented, written);
        }
    }
}
