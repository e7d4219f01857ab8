using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

internal sealed class WebhookOutbox(OutboxWriter writer, IWebhookSealer sealer, TimeProvider timeProvider) : IWebhookOutbox
{
    public Task EnqueueAsync(WebhookRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (request.Endpoint?.Name is not { } name)
        {
            throw new ArgumentException(
                request.Endpoint is null
                    ? "The request has no endpoint, so nobody would know its rules and secrets later. Register one: AddWebhooks().AddEndpoint(\"name\", …), and build the request with .WithEndpoint(endpoints.Get(\"name\"))."
                    : "The request's endpoint was made in code, and only its name would be stored. Register it: AddWebhooks().AddEndpoint(\"name\", …), and take it from IWebhookEndpoints.Get(\"name\").",
                nameof(request));
        }

        return EnqueueCoreAsync(request, name, cancellationToken);
    }

    private async Task EnqueueCoreAsync(WebhookRequest request, string name, CancellationToken cancellationToken)
    {
        // The request's own id is the receiver's business: Skalin keeps the last of the same id, on purpose.
        var key = Guid.CreateVersion7();
        string id = WebhookId.NewRequestId();
        await writer.WriteAsync(
            new StoredEvent
            {
                Key = key,
                Id = id,
                Type = string.Empty,
                Timestamp = timeProvider.GetUtcNow(),
                SealedRequest = sealer.Seal(StoredRequest.Write(request), StoredRequest.Purpose(key)),
                EndpointId = name,
                IdempotencyKey = id,
                ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
                TraceParent = StoredEvents.CurrentTrace,
            },
            transaction: null,
            cancellationToken).ConfigureAwait(false);
    }
}
