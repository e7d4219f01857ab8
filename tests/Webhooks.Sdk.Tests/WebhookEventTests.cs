using System;
using System.Linq;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Webhooks.Sdk.Formats;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed partial class WebhookEventTests
{
    [Fact]
    public void Create_TypeAndData_HasAFreshIdOfNowAndTheDataAsJson()
    {
        DateTimeOffset before = TimeProvider.System.GetUtcNow();

        WebhookEvent paid = WebhookEvent.Create("invoice.paid", new Invoice("in_1", 12.5m, "Café"), EventJson.Default.Invoice);

        Assert.Equal("invoice.paid", paid.Type);
        Assert.Matches("^evt_[0-9a-f]{32}$", paid.Id);
        Assert.InRange(paid.Timestamp, before, TimeProvider.System.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, paid.Timestamp.Offset);
        Assert.Null(paid.Subject);
        Assert.Null(paid.Source);
        Assert.Equal("""{"Id":"in_1","Amount":12.5,"Name":"Café"}""", Encoding.UTF8.GetString(paid.Data.Span));
    }

    [Fact]
    public void Create_ManyEvents_HaveIdsInTheOrderOfTheirMaking()
    {
        string[] ids = [.. Enumerable.Range(0, 1_000).Select(_ => WebhookEvent.Create("a", 1, EventJson.Default.Int32).Id)];

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Create_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("type", () => WebhookEvent.Create(null!, 1, EventJson.Default.Int32));
        Assert.Throws<ArgumentNullException>("jsonTypeInfo", () => WebhookEvent.Create("a", 1, (JsonTypeInfo<int>)null!));
    }

    [Fact]
    public void ToString_ShowsTypeAndIdAndNoData()
    {
        Assert.Equal("invoice.paid evt_1", WebhookEvent.For("invoice.paid").WithId("evt_1").WithJson("\"private\""u8).Build().ToString());
    }

    [Fact]
    public async Task Compose_ForManyEndpoints_ComposesOncePerFormat()
    {
        int serialized = 0;
        WebhookEvent webhookEvent = WebhookEvent.For("a").WithData(1, (ref WebhookJsonWriter writer, int data) =>
        {
            serialized++;
            writer.WriteNumberValue(data);
        }).Build();
        WebhookEndpoint[] endpoints =
        [
            .. Enumerable.Range(0, 100).Select(i => new WebhookEndpoint($"https://a.example/{i}") { Format = i % 2 == 0 ? WebhookFormat.Standard : WebhookFormat.Weavy }),
        ];

        WebhookRequest[] requests = await Task.WhenAll(endpoints.Select(endpoint => Task.Run(() => endpoint.Compose(webhookEvent))));
        EventComposition again = webhookEvent.Compose(WebhookFormat.Standard, defaultSource: null);

        Assert.Equal(1, serialized);
        Assert.Same(again, webhookEvent.Compose(WebhookFormat.Standard, defaultSource: "/ignored"));
        Assert.Equal(2, requests.Select(request => Encoding.UTF8.GetString(request.Body.Span)).Distinct().Count());
    }

    [Fact]
    public void Compose_WithMoreSourcesThanAreKept_GivesEachItsOwn()
    {
        WebhookEvent webhookEvent = WebhookEvent.For("a").WithJson("1"u8).Build();

        for (int i = 0; i < 20; i++)
        {
            EventComposition composition = webhookEvent.Compose(WebhookFormat.CloudEventsBinary, $"/{i}");

            Assert.Equal($"/{i}", composition.Headers.Single(header => header.Key == "ce-source").Value);
        }
    }

    internal sealed record Invoice(string Id, decimal Amount, string Name);

    [JsonSerializable(typeof(Invoice))]
    [JsonSerializable(typeof(int))]
    internal sealed partial class EventJson : JsonSerializerContext;
}
