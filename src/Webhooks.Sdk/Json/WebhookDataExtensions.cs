using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

/// <summary>
/// What can be done with data of types with <see cref="WebhookDataAttribute"/>.
/// </summary>
public static class WebhookDataExtensions
{
    // The bound may be six times the text. An output that is asked for more than this may keep it for good.
    private const int MaxRequest = 1024 * 1024;

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteTo<TData>(this TData data, IBufferWriter<byte> output)
        where TData : IWebhookData
    {
        // Inlined into the caller, which knows the type of the data, this calls its writer directly.
        WebhookData.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(output);

        int bound = WebhookData.Measure(data, 0);

        if (bound <= MaxRequest)
        {
            output.Advance(WebhookData.Write(data, output.GetSpan(bound)[..bound]));
        }
        else
        {
            WriteRented(data, bound, output);
        }
    }

    private static void WriteRented<TData>(TData data, int bound, IBufferWriter<byte> output)
        where TData : IWebhookData
    {
        using RentedData rented = RentedData.Of(data, bound);
        output.Write(rented.Json);
    }
}
