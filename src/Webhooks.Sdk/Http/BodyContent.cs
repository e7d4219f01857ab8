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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(Request.Body, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = Request.Body.Length;
        return true;
    }
}
