using System.Threading;

namespace Webhooks.Sdk.Outbox;

/// <summary>An event that was read, composed once for all of its endpoints.</summary>
internal sealed class CachedEvent(StoredEvent stored)
{
    private WebhookEvent? _event;

    public StoredEvent Stored { get; } = stored;

    public WebhookEvent Event => LazyInitializer.EnsureInitialized(ref _event, () => StoredEvents.Read(Stored));

    public long Size => 512L + Stored.Data.Length + Stored.SealedRequest.Length;
}
