using System;
using System.Globalization;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// One connection to a <see cref="RawServer"/>.
/// </summary>
internal sealed class RawConnection(RawServer server, Stream stream, Socket socket, int number) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <summary>Gets which connection of the server this is, counted from 1.</summary>
    public int Number { get; } = number;

    public Stream Stream { get; } = stream;

    /// <summary>Reads a request to its end and records it. Null when the client closed instead.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        while (true)
        {
            string text = Encoding.Latin1.GetString(_buffer, 0, _length);
            int headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);

            if (headEnd >= 0 && text.Length >= headEnd + 4 + ContentLengthOf(text[..headEnd]))
            {
                int end = headEnd + 4 + ContentLengthOf(text[..headEnd]);
                _buffer.AsSpan(end, _length - end).CopyTo(_buffer);
                _length -= end;
                server.Requests.Enqueue(text[..end]);

                return text[..end];
            }

            int count = await Stream.ReadAsync(_buffer.AsMemory(_length));

            if (count == 0)
            {
                return null;
            }

            _length += count;
        }
    }

    public Task WriteAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>Makes the closing of this connection a TCP reset.</summary>
    public void Reset() => socket.Close(timeout: 0);

    /// <summary>Goes on in TLS over what has been plain so far, as the end of a proxy's tunnel does.</summary>
    public async Task<RawConnection> StartTlsAsync(X509Certificate2 certificate)
    {
        var tls = new SslStream(Stream);
        await tls.AuthenticateAsServerAsync(certificate);

        return new RawConnection(server, tls, socket, Number);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private static int ContentLengthOf(string head)
    {
        const string Name = "content-length:";

        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            {
                return int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
