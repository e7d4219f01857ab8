using System;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

public sealed class InMemoryWebhookStoreTests : WebhookStoreConformanceTests
{
    [Fact]
    public async Task Append_BeyondTheMemory_ForgetsWhatIsDoneAndThenRefuses()
    {
        var store = new InMemoryWebhookStore(TimeProvider.System, maxBytes: 10_000);
        StoredEvent done = NewEvent(4_000);
        await store.AppendAsync(new[] { done });
        await store.FanOutAsync(new[] { new FanOut { EventKey = done.Key, EndpointIds = [] } });
        await store.AppendAsync(new[] { NewEvent(4_000) });
        await store.AppendAsync(new[] { NewEvent(4_000) });

        WebhookStoreException full = await Assert.ThrowsAsync<WebhookStoreException>(async () => await store.AppendAsync(new[] { NewEvent(4_000) }));

        Assert.True(full.IsTransient);
        Assert.Contains("at most 10,000 bytes", full.Message, StringComparison.Ordinal);
        Assert.Equal((2L, 2L), ((await store.ReadStatisticsAsync()).Events, (await store.ReadStatisticsAsync()).PendingEvents));
    }

    [Fact]
    public async Task FanOut_MoreFinishedThanTheLimit_ForgetsTheOldest()
    {
        var store = new InMemoryWebhookStore(TimeProvider.System, maxFinished: 3);
        StoredEvent[] events = [.. Enumerable.Range(0, 5).Select(_ => NewEvent(10))];
        await store.AppendAsync(events);

        await store.FanOutAsync(events.Select(webhookEvent => new FanOut { EventKey = webhookEvent.Key, EndpointIds = [] }).ToArray());

        Assert.Equal(events[2..], await store.ReadEventsAsync(events.Select(webhookEvent => webhookEvent.Key).ToArray()));
    }

    protected override ValueTask<StoreUnderTest> CreateStoreAsync(TimeProvider timeProvider)
    {
        var store = new InMemoryWebhookStore(timeProvider);
        return new(new StoreUnderTest { Store = store, Operations = store });
    }

    private static StoredEvent NewEvent(int size)
    {
        var key = Guid.CreateVersion7();
        return new() { Key = key, Id = $"evt_{key:N}", Type = "x", Timestamp = default, Data = new byte[size], IdempotencyKey = $"evt_{key:N}" };
    }
}
