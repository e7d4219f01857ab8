using System;
using System.Buffers;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// Reads requests from one connection, as they are on the wire.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="stopping">Cancelled when the receiver stops.</param>
internal sealed class RequestReader(Stream stream, CancellationToken stopping)
{
    private const int MaxHeadLength = 64 * 1024;
    private const int MaxBodyLength = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[4 * 1024];
    private int _start;
    private int _end;

    public bool HasUnread => _end > _start;

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <returns>Whether something came; false at the client's end, in whatever way it went.</returns>
    public async Task<bool> ReadMoreAsync()
    {
        MakeRoom();

        try
        {
            int count = await stream.ReadAsync(_buffer.AsMemory(_end), stopping).ConfigureAwait(false);
            _end += count;

            return count > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Discard() => _start = _end;

    /// <returns>The head, or null when the client went away before its end.</returns>
    /// <exception cref="WebhookReceiverException">The client sent what is not HTTP.</exception>
    public async Task<RequestHead?> ReadHeadAsync()
    {
        int length;

        while ((length = Unread.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (Unread.Length > MaxHeadLength)
            {
                throw new WebhookReceiverException("The client sent headers of more than 64 KiB, or what is not HTTP.");
            }

            if (!await ReadMoreAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        string text = Encoding.Latin1.GetString(Unread[..length]);
        _start += length + "\r\n\r\n".Length;

        return RequestHead.Parse(text);
    }

    /// <returns>The body, and whether it came to its end before the client went away.</returns>
    /// <exception cref="WebhookReceiverException">The client sent what is not HTTP, or too much.</exception>
    public async Task<(byte[] Body, bool IsComplete)> ReadBodyAsync(RequestHead head)
    {
        var body = new ArrayBufferWriter<byte>();
        bool isComplete = head.IsChunked
            ? await ReadChunksAsync(body).ConfigureAwait(false)
            : await ReadAsync(body, head.ContentLength).ConfigureAwait(false);

        return (body.WrittenSpan.ToArray(), isComplete);
    }

    // RFC 9112, 7.1.
    private async Task<bool> ReadChunksAsync(ArrayBufferWriter<byte> body)
    {
        while (await ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length) || length < 0)
            {
                throw new WebhookReceiverException($"The client sent a chunk whose size is no number: {line}");
            }

            if (length == 0)
            {
                return await SkipTrailersAsync().ConfigureAwait(false);
            }

            if (!await ReadAsync(body, length).ConfigureAwait(false) || await ReadLineAsync().ConfigureAwait(false) is null)
            {
                return false;
            }
        }

        return false;
    }

    private async Task<bool> SkipTrailersAsync()
    {
        string? line;

        do
        {
            line = await ReadLineAsync().ConfigureAwait(false);
        }
        while (line is { Length: > 0 });

        return line is not null;
    }

    private async Task<bool> ReadAsync(ArrayBufferWriter<byte> body, long length)
    {
        if (body.WrittenCount + length > MaxBodyLength)
        {
            throw new WebhookReceiverException("The client sent a body of more than 64 MiB.");
        }

        while (length > 0)
        {
            if (!HasUnread && !await ReadMoreAsync().ConfigureAwait(false))
            {
                return false;
            }

            int count = (int)Math.Min(length, Unread.Length);
            body.Write(Unread[..count]);
            _start += count;
            length -= count;
        }

        return true;
    }

    private async Task<string?> ReadLineAsync()
    {
        int length;

        while ((length = Unread.IndexOf("\r\n"u8)) < 0)
        {
            if (Unread.Length > MaxHeadLength)
            {
                throw new WebhookReceiverException("The client sent a line of more than 64 KiB within its body's chunks.");
            }

            if (!await ReadMoreAsync().ConfigureAwait(false))
            {
                return null;
            }
        }

        string line = Encoding.Latin1.GetString(Unread[..length]);
        _start += length + "\r\n".Length;

        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
