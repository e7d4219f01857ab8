using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// A client of bytes, that sends what it is told and reads what comes.
/// </summary>
internal sealed class RawClient : IDisposable
{
    public const string Get = "GET / HTTP/1.1\r\nHost: test\r\n\r\n";

    private readonly NetworkStream _stream;

    private RawClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public static async Task<RawClient> ConnectAsync(WebhookReceiver receiver)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(receiver.Url.Host, receiver.Url.Port);
        return new RawClient(socket);
    }

    /// <summary>Sends bytes on a new connection.</summary>
    /// <returns>Everything that came until the receiver closed.</returns>
    public static async Task<string> ExchangeAsync(WebhookReceiver receiver, string sent = Get)
    {
        using RawClient client = await ConnectAsync(receiver);
        await client.SendAsync(sent);
        return await client.ReadToEndAsync();
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    public void EndSending() => _stream.Socket.Shutdown(SocketShutdown.Send);

    public async Task<string> ReadToEndAsync()
    {
        using var received = new MemoryStream();
        await _stream.CopyToAsync(received);
        return Encoding.Latin1.GetString(received.ToArray());
    }

    public async Task<string> ReadAsync(int length)
    {
        byte[] received = new byte[length];
        await _stream.ReadExactlyAsync(received);
        return Encoding.Latin1.GetString(received);
    }

    public void Dispose() => _stream.Dispose();
}
