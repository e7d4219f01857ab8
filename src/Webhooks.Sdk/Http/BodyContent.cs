using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The bytes of a request's body, as often as the HTTP stack asks for them.
/// </summary>
internal sealed class BodyContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public BodyContent(ReadOnlyMemory<byte> body, string mediaType)
    {
        _body = body;

        // Not parsed, so that the text on the wire is exactly the one that was configured. It was validated by the builder.
        Headers.TryAddWithoutValidation("Content-Type", mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_body, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
