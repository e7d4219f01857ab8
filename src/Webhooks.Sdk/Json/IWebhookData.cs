using System;
using System.ComponentModel;

namespace Webhooks.Sdk;

/// <summary>
/// Data that writes itself as JSON. Mark a partial type with <see cref="WebhookDataAttribute"/>, and it is one.
/// </summary>
/// <remarks>
/// <para>
/// Such data goes wherever a <c>JsonTypeInfo&lt;T&gt;</c> would be needed with other types, for example
/// <see cref="WebhookRequestBuilder.WithJson{TData}(TData)"/>.
/// </para>
/// <para>
/// The members are for the code that the source generator writes. First the data is measured, then it is written: it must not change in
/// between. What it could do wrong is found out and throws; nothing is ever written outside the bytes that were handed in.
/// </para>
/// </remarks>
public interface IWebhookData
{
    /// <summary>
    /// Gives an upper bound of the bytes that <see cref="WriteJson"/> writes.
    /// </summary>
    /// <param name="depth">How many objects and arrays are open around this value.</param>
    /// <returns>The bound.</returns>
    /// <exception cref="InvalidOperationException">
    /// More than 64 objects and arrays would be open, or a member holds what is no JSON.
    /// </exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    long GetMaxJsonLength(int depth);

    /// <summary>
    /// Writes the data as one JSON value in UTF-8.
    /// </summary>
    /// <param name="destination">Where it goes.</param>
    /// <param name="position">The index of the first byte to write.</param>
    /// <returns>The index after the last byte that was written.</returns>
    /// <exception cref="InvalidOperationException">A number is NaN or infinite, or the data changed since it was measured and does not fit any more.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    int WriteJson(Span<byte> destination, int position);
}
