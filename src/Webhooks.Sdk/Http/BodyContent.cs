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
    // Written by the thread that sends; read by the one that gave up waiting for it.
    private volatile bool _wasRead;

    public BodyContent(WebhookRequest request)
    {
        Request = request;

        if (request.MediaType is null)
        {
            return;
        }

        // Not parsed, so that the text on the wire is exactly the one that was configured. It was validated by the builder.
        Headers.TryAddWithoutValidation("Content-Type", request.MediaType);
    }

    /// <summary>Gets the request whose body this is.</summary>
    public WebhookRequest Request { get; }

    /// <summary>Gets whether anybody has begun to read the body, to send it or for another reason.</summary>
    public bool WasRead => _wasRead;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _wasRead = true;
        return stream.WriteAsync(Request.Body, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Request.Body.Length;
        return true;
    }
}
