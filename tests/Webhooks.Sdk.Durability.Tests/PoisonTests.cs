using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Events that nobody can deliver, among those that everybody can.</summary>
public sealed class PoisonTests : IAsyncLifetime, IDisposable
{
    private readonly ReceiverLog _log = new() { Status = static arrival => arrival.Endpoint == "refuses" ? 400 : 200 };
    private Database? _database;
    private ServiceProvider? _application;

    private ServiceProvider Application => _application!;

    public Task InitializeAsync() => Task.CompletedTask;

    [Theory]
    [Databases]
    public async Task Drain_ReceiverThatRefusesEverything_LeavesDeadLettersAndTheOthersAlone(DatabaseKind kind)
    {
        await OpenAsync(kind);
        await Application.SubscribeAsync("refuses", _log.UrlOf("refuses"));
        await Application.PublishAsync(first: 1, count: 50);

        await Application.Dispatcher().DrainAsync();

        IReadOnlyList<StoredDelivery> dead = await Application.Deliveries().ReadDeadLettersAsync(new DeliveryQuery());
        Assert.Equal(50, dead.Count);
        Assert.All(dead, delivery => Assert.Equal(("refuses", DeadLetterReason.Refused, 1), (delivery.EndpointId, delivery.Reason, delivery.Attempts)));
        AssertDelivered(Enumerable.Range(1, 50));
    }

    [Theory]
    [Databases]
    public async Task Drain_EventOfTenMegabytes_IsGivenUpAndHoldsUpNobody(DatabaseKind kind)
    {
        await OpenAsync(kind);
        WebhookEvent large = WebhookEvent.For("thing.happened").WithData(new Dictionary<string, string> { ["text"] = new('x', 10_000_000) }).Build();
        await Application.PublishAsync(first: 1, count: 1);
        await Application.Publisher().PublishAsync(large);
        await Application.PublishAsync(first: 2, count: 1);

        await Application.Dispatcher().DrainAsync();

        IReadOnlyList<StoredDelivery> dead = await Application.Deliveries().ReadDeadLettersAsync(new DeliveryQuery());
        Assert.Equal(["healthy", "ordered"], dead.Select(delivery => delivery.EndpointId).Order());
        Assert.All(dead, delivery => Assert.Equal((large.Id, DeadLetterReason.Refused), (delivery.EventId, delivery.Reason)));
        AssertDelivered([1, 2]);
    }

    [Theory]
    [Databases]
    public async Task Publish_DataThatCannotBeWritten_ThrowsAndStoresNothing(DatabaseKind kind)
    {
        await OpenAsync(kind);
        var options = new JsonSerializerOptions { Converters = { new ThrowingConverter() }, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var broken = (JsonTypeInfo<int>)options.GetTypeInfo(typeof(int));

        await Assert.ThrowsAsync<NotSupportedException>(() => Application.Publisher().PublishAsync(new WebhookEventType<int>("thing.broke", broken), 1));
        await Application.PublishAsync(first: 1, count: 2);
        await Application.Dispatcher().DrainAsync();

        Assert.Equal(2, (await Application.StatisticsAsync()).Events);
        AssertDelivered([1, 2]);
    }

    [Theory]
    [Databases]
    public async Task Drain_DataNestedDeeperThanReadersLike_IsFilteredLikeAnyOther(DatabaseKind kind)
    {
        await OpenAsync(kind);
        const int Depth = 200;
        byte[] nested = System.Text.Encoding.UTF8.GetBytes($$"""{"number":2,"deep":{{new string('[', Depth)}}{{new string(']', Depth)}}}""");

        var options = new JsonSerializerOptions { MaxDepth = 2 * Depth, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var typeInfo = (JsonTypeInfo<JsonElement>)options.GetTypeInfo(typeof(JsonElement));
        using var data = JsonDocument.Parse(nested, new JsonDocumentOptions { MaxDepth = 2 * Depth });

        await Application.Publisher().PublishAsync(WebhookEvent.For("thing.happened").WithId("evt-deep").WithData(data.RootElement, typeInfo).Build());
        await Application.PublishAsync(first: 1, count: 2);
        await Application.Dispatcher().DrainAsync();

        Assert.Equal(["evt-deep", "evt-2"], DeliveredTo("filtered").OrderDescending());
        Assert.Equal(["evt-deep", "evt-1", "evt-2"], DeliveredTo("ordered"));
    }

    [Theory]
    [Databases]
    public async Task Drain_StoredDataThatIsNoJson_HoldsUpNobody(DatabaseKind kind)
    {
        await OpenAsync(kind);
        byte[][] damaged = [[], [.. "{"u8], [.. "{\"number\":"u8, 0xFF, .. "}"u8]];
        await Application.PublishAsync(first: 1, count: 3 + damaged.Length);

        foreach ((int i, byte[] data) in damaged.Index())
        {
            await _database!.RunAsync("UPDATE webhooks_event SET data = @data WHERE id = @id", ("@data", data), ("@id", $"evt-{i + 4}"));
        }

        await Application.Dispatcher().DrainAsync().WaitAsync(TimeSpan.FromSeconds(30));

        string[] unreadable = ["evt-4", "evt-5", "evt-6"];
        Assert.Equal(["evt-1", "evt-2", "evt-3"], DeliveredTo("healthy").Except(unreadable).Order());
        Assert.Equal(["evt-1", "evt-2", "evt-3"], DeliveredTo("ordered").Except(unreadable));
        Assert.Equal(["evt-2"], DeliveredTo("filtered"));
        Assert.Equal(0, (await Application.StatisticsAsync()).PendingEvents);
    }

    public async Task DisposeAsync()
    {
        await (_application?.DisposeAsync() ?? default);
        await _log.DisposeAsync();
    }

    public void Dispose() => _database?.Dispose();

    private async Task OpenAsync(DatabaseKind kind)
    {
        _database = await Database.CreateAsync(kind);
        _application = _database.Open();
        await Application.SubscribeAsync("healthy", _log.UrlOf("healthy"));
        await Application.SubscribeAsync("ordered", _log.UrlOf("ordered"), ordered: true);
        await Application.SubscribeAsync("filtered", _log.UrlOf("filtered"), filter: """{"number":2}""");
    }

    private IEnumerable<string> DeliveredTo(string endpoint) => _log.Arrivals().Where(arrival => arrival.Endpoint == endpoint).Select(arrival => arrival.EventId);

    private void AssertDelivered(IEnumerable<int> numbers)
    {
        string[] expected = [.. numbers.Select(number => $"evt-{number}")];
        Assert.Equal(expected, DeliveredTo("ordered"));
        Assert.Equal(expected.Order(), DeliveredTo("healthy").Order());
        Assert.Equal(["evt-2"], DeliveredTo("filtered"));
    }
}
