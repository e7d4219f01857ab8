using System;
using System.Buffers;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Skalin;

internal sealed class SkalinClient(NamedEndpoint account, IWebhookClient webhooks) : ISkalinClient
{
    private const int UsualBodySize = 256;

    public Task<WebhookResult> SendAsync(SkalinEvent skalinEvent, CancellationToken cancellationToken = default) =>
        webhooks.SendAsync(Compose(skalinEvent), cancellationToken);

    public WebhookRequest Compose(SkalinEvent skalinEvent)
    {
        ArgumentNullException.ThrowIfNull(skalinEvent);

        WebhookEndpoint endpoint = account.Current;
        var body = new ArrayBufferWriter<byte>(UsualBodySize);
        SkalinBody.Write(skalinEvent, body);

        return WebhookRequest.Post(endpoint.Url)
            .WithId(SkalinEventId.ToRequestId(skalinEvent.Id))
            .WithHeader("Cache-Control", "no-cache")
            .WithBody(body.WrittenMemory, "application/json")
            .WithEndpoint(endpoint)
            .AsIdempotent()
            .Build();
    }
}
