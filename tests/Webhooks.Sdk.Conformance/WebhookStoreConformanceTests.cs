using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Conformance;

/// <summary>
/// What every store must do. Derive a class for each store; a store that forgets something fails here.
/// </summary>
public abstract partial class WebhookStoreConformanceTests : IAsyncLifetime
{
    protected const string Me = "dispatcher-1";
    protected const string Other = "dispatcher-2";
    protected static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    private static readonly int[] AllBuckets = [.. Enumerable.Range(0, BucketLease.EndpointBuckets)];

    private readonly ManualTimeProvider _time = new();
    private StoreUnderTest _tested = null!;

    protected IWebhookStore Store => _tested.Store;

    protected IWebhookStoreOperations Operations => _tested.Operations;

    private DateTimeOffset Now => _time.GetUtcNow();

    public async Task InitializeAsync()
    {
        _tested = await CreateStoreAsync(_time);
        await Store.OpenAsync();
    }

    public Task DisposeAsync() => _tested.DisposeAsync().AsTask();

    /// <summary>Makes an empty store that reads the time from <paramref name="timeProvider"/> and nowhere else.</summary>
    protected abstract ValueTask<StoreUnderTest> CreateStoreAsync(TimeProvider timeProvider);

    private static StoredEvent NewEvent(string? owner = null, string type = "invoice.paid", string? subject = null, string? key = null)
    {
        var id = Guid.CreateVersion7();

        return new StoredEvent
        {
            Key = id,
            Id = $"evt_{id:N}",
            Owner = owner,
            Type = type,
            Subject = subject,
            Timestamp = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1234567),
            Data = Encoding.UTF8.GetBytes("""{"name":"Zoé"}"""),
            IdempotencyKey = key ?? $"evt_{id:N}",
        };
    }

    private static StoredEndpoint NewEndpoint(string id, string? owner = null, bool ordered = false, params string[] types) =>
        new() { Id = id, Owner = owner, EventTypes = types, Ordered = ordered, SealedSettings = new byte[] { 1, 2, 3 } };

    private async Task AddEndpointsAsync(params string[] ids)
    {
        foreach (string id in ids)
        {
            Assert.True(await Operations.AddEndpointAsync(NewEndpoint(id)));
        }
    }

    private Task<IReadOnlyList<StoredEvent>> AppendAsync(StoredEvent webhookEvent) => Store.AppendAsync(new[] { webhookEvent }).AsTask();

    private ValueTask<int> FanOutAsync(StoredEvent webhookEvent, params string[] endpoints) =>
        Store.FanOutAsync(new[] { new FanOut { EventKey = webhookEvent.Key, EndpointIds = endpoints } });

    private async Task<StoredEvent> DeliverToAsync(string endpoint, StoredEvent? webhookEvent = null)
    {
        StoredEvent added = webhookEvent ?? NewEvent();
        await AppendAsync(added);
        Assert.Equal(1, await FanOutAsync(added, endpoint));
        return added;
    }

    private async Task<IReadOnlyList<DueDelivery>> ReadDueAsync(int limit = 1000) => await Store.ReadDueAsync(AllBuckets, default, limit);

    private async Task<IReadOnlyList<DueDelivery>> ReadLaneAsync(string endpoint, int limit = 1000) =>
        await Store.ReadInLanesAsync(new[] { new LaneQuery(endpoint, default, limit) });

    private async Task<IReadOnlyList<WaitingLane>> ReadLanesAsync(long after = 0) => (await Store.ReadLanesAsync(AllBuckets, after)).Lanes;

    private async Task<DueDelivery> DueAsync() => Assert.Single(await ReadDueAsync());

    private StoredAttempt NewAttempt(int number, WebhookFailure failure = WebhookFailure.None) => new()
    {
        Number = number,
        StartedAt = Now,
        Duration = TimeSpan.FromMilliseconds(25),
        StatusCode = failure == WebhookFailure.None ? 200 : 503,
        Failure = failure,
        Error = failure == WebhookFailure.None ? null : "HttpRequestException: ConnectionError",
    };

    private DeliveryOutcome Delivered(DueDelivery delivery) => new()
    {
        DeliveryId = delivery.Id,
        Attempt = delivery.Attempt,
        Kind = DeliveryOutcomeKind.Delivered,
        Made = NewAttempt(delivery.Attempt + 1),
        CountsForHealth = delivery.CountsForHealth,
    };

    private DeliveryOutcome Failed(DueDelivery delivery, TimeSpan retryIn) => new()
    {
        DeliveryId = delivery.Id,
        Attempt = delivery.Attempt,
        Kind = DeliveryOutcomeKind.Retry,
        Made = NewAttempt(delivery.Attempt + 1, WebhookFailure.ReceiverFailed),
        RetryIn = retryIn,
        CountsForHealth = delivery.CountsForHealth,
    };

    private DeliveryOutcome GivenUp(DueDelivery delivery, DeadLetterReason reason = DeadLetterReason.Refused) => new()
    {
        DeliveryId = delivery.Id,
        Attempt = delivery.Attempt,
        Kind = DeliveryOutcomeKind.DeadLettered,
        Made = NewAttempt(delivery.Attempt + 1, WebhookFailure.Rejected),
        Reason = reason,
        CountsForHealth = delivery.CountsForHealth,
    };

    private async Task<CommitSummary> CommitAsync(params DeliveryOutcome[] outcomes) => await Store.CommitAsync(outcomes);
}
