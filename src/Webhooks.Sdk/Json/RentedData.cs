using System;
using System.Buffers;

namespace Webhooks.Sdk.Json;

/// <summary>
/// The JSON of data in a buffer of the pool, for an output that hands out less at a time than the data may need. Disposed of, it goes back without what was
/// private in it.
/// </summary>
internal readonly ref struct RentedData
{
    private readonly byte[] _rented;
    private readonly int _length;

    private RentedData(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    public ReadOnlySpan<byte> Json => _rented.AsSpan(0, _length);

    /// <summary>
    /// Writes data that was measured.
    /// </summary>
    /// <exception cref="InvalidOperationException">The data cannot be written as JSON.</exception>
    public static RentedData Of<TData>(TData data, int bound)
        where TData : IWebhookData
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(bound);

        try
        {
            return new RentedData(rented, WebhookData.Write(data, rented.AsSpan(0, bound)));
        }
        catch
        {
            WebhookData.Return(rented, rented.Length);
            throw;
        }
    }

    public void Dispose() => WebhookData.Return(_rented, _length);
}
