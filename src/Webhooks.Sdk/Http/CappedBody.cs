using System;
using System.Buffers;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Reads the beginning of an answer's body as text, and never more of it than is kept.
/// </summary>
internal static class CappedBody
{
    /// <returns>The text, whether it is all of it, and the error that broke the body off, if any.</returns>
    public static async ValueTask<(string Text, bool IsComplete, Exception? Error)> ReadAsync(
        HttpResponseMessage answer, int maxBytes, CancellationToken cancellationToken)
    {
        HttpContent content = answer.Content;

        // After a 101 the connection speaks another protocol, and what it says is no body.
        bool isEmpty = content.Headers.ContentLength == 0 || answer.StatusCode is HttpStatusCode.SwitchingProtocols or HttpStatusCode.NoContent;

        if (maxBytes == 0 || isEmpty)
        {
            return (string.Empty, isEmpty, null);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(maxBytes);
        int length = 0;
        bool isComplete = false;
        Exception? error = null;

        try
        {
            Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);

            await using (stream.ConfigureAwait(false))
            {
                int read;

                while (length < maxBytes
                    && (read = await stream.ReadAsync(buffer.AsMemory(length, maxBytes - length), cancellationToken).ConfigureAwait(false)) > 0)
                {
                    length += read;
                }

                // A body without a length that ends just at the cap is not known to end there: to ask for one byte more is to wait for it.
                isComplete = length < maxBytes || content.Headers.ContentLength == length;
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What was read before the break is still the receiver's word.
            error = exception;
        }

        string text = Decode(buffer.AsSpan(0, length), content.Headers.ContentType?.CharSet);

        // A receiver may repeat a secret. Most answers are a few bytes of a buffer of many thousands.
        buffer.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
        return (text, isComplete, error);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.IsEmpty)
        {
            return string.Empty;
        }

        Encoding encoding = FindEncoding(charset);
        char[] chars = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(bytes.Length));

        try
        {
            // Without a flush, a character that the cap cut in two is left out rather than shown broken.
            int count = encoding.GetDecoder().GetChars(bytes, chars, flush: false);

            return new string(chars, 0, count);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private static Encoding FindEncoding(string? charset)
    {
        if (string.IsNullOrEmpty(charset))
        {
            return Encoding.UTF8;
        }

        try
        {
            return Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // A name that nobody knows, or UTF-7, which the runtime has given up.
            return Encoding.UTF8;
        }
    }
}
