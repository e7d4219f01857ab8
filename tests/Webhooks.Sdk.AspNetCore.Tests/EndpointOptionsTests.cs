using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Xunit;
using static Webhooks.Sdk.AspNetCore.Tests.HttpAnswer;

namespace Webhooks.Sdk.AspNetCore.Tests;

public sealed class EndpointOptionsTests
{
    private const string Good = """{"event":"invoice.paid","url":"https://127.0.0.1/hooks"}""";

    public static TheoryData<string> Refused => [.. Refusals.Keys];

    private static Dictionary<string, (Action<WebhookSubscriptionEndpointOptions> Set, string Message)> Refusals { get; } = new()
    {
        ["owner"] = (o => o.Owner = null, "Owner is not set"),
        ["samples"] = (o => o.MaxSamples = 0, "MaxSamples must be from 1 to 100, but was 0."),
        ["more samples"] = (o => o.MaxSamples = 101, "MaxSamples must be from 1 to 100, but was 101."),
        ["size"] = (o => o.MaxBodySize = 1023, "MaxBodySize must be from 1,024 to 1,048,576, but was 1,023."),
        ["more size"] = (o => o.MaxBodySize = 1_048_577, "MaxBodySize must be from 1,024 to 1,048,576, but was 1,048,577."),
        ["depth"] = (o => o.MaxDepth = 1, "MaxDepth must be from 2 to 64, but was 1."),
        ["more depth"] = (o => o.MaxDepth = 65, "MaxDepth must be from 2 to 64, but was 65."),
        ["names"] = (o => o.CallbackNames.Clear(), "CallbackNames must name the callback's member"),
        ["relative base"] = (o => o.PublicBaseUrl = new Uri("/api", UriKind.Relative), "PublicBaseUrl must be an absolute http or https URL"),
        ["base with query"] = (o => o.PublicBaseUrl = new Uri("https://api.example/?a=1"), "PublicBaseUrl must be an absolute http or https URL"),
        ["format"] = (o => o.Format = WebhookFormat.CloudEvents, "Format must be one that needs no source, such as WebhookFormat.RestHook, but was CloudEvents."),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Map_OptionThatCannotBe_NamesItAndTheLimit(string refusal)
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>("configure", () => SubscriptionApp.StartAsync(Refusals[refusal].Set));

        Assert.StartsWith(Refusals[refusal].Message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapWeavy_OptionThatCannotBe_NamesIt()
    {
        ArgumentException owner = await Assert.ThrowsAsync<ArgumentException>(
            "configure", () => SubscriptionApp.StartAsync(map: app => app.MapWeavyWebhooks("/weavy", static _ => { })));
        ArgumentException samples = await Assert.ThrowsAsync<ArgumentException>(
            "configure", () => SubscriptionApp.StartAsync(map: app => app.MapWeavyWebhooks("/weavy", o => (o.Owner, o.MaxSamples) = (static _ => "a", 0))));

        Assert.StartsWith("Owner is not set", owner.Message, StringComparison.Ordinal);
        Assert.StartsWith("MaxSamples must be", samples.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_WithoutWebhooks_NamesTheMissingCall()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => SubscriptionApp.MapDefault(app));

        Assert.Contains("AddWebhooks()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_WithoutEventTypes_NamesTheMissingCall()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddWebhooks();
        WebApplication app = builder.Build();

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => SubscriptionApp.MapDefault(app));

        Assert.Contains("AddEventType(…)", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.example", "https://api.example/webhooks/subscriptions/")]
    [InlineData("https://api.example/public/", "https://api.example/public/webhooks/subscriptions/")]
    public async Task PublicBaseUrl_BeginsTheLocation(string url, string expected)
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => options.PublicBaseUrl = new Uri(url));
        using HttpClient client = app.CreateClient();

        HttpAnswer made = await PostAsync(client, "subscriptions", Good);

        Assert.Equal($"{expected}{made.Id}", made.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task CallbackNames_AreThoseThatAreTaken()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => options.CallbackNames.Add("hook"));
        using HttpClient client = app.CreateClient();
        string[] names = ["url", "hookUrl", "targetUrl", "target_url", "callbackUrl", "callback_url", "webhookUrl", "notificationUrl", "notification_url", "endpoint", "hook", "CallBackURL"];

        foreach (string name in names)
        {
            Assert.InRange((await PostAsync(client, "subscriptions", $$"""{"event":"invoice.paid","{{name}}":"https://127.0.0.1/hooks"}""")).Status, 200, 201);
        }

        Assert.Equal(400, (await PostAsync(client, "subscriptions", """{"event":"invoice.paid","uri":"https://127.0.0.1/hooks"}""")).Status);
    }

    [Fact]
    public async Task Limits_OfTheBody_AreThoseThatAreSet()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => (options.MaxBodySize, options.MaxDepth) = (1024, 2));
        using HttpClient client = app.CreateClient();

        Assert.Equal(413, (await PostAsync(client, "subscriptions", Good + new string(' ', 1024))).Status);
        Assert.Equal(400, (await PostAsync(client, "subscriptions", Good[..^1] + ""","deep":[[]]}""")).Status);
        Assert.Equal(201, (await PostAsync(client, "subscriptions", Good[..^1] + ""","deep":[]}""")).Status);
    }

    [Fact]
    public async Task NoContentOnDelete_AnswersWithout()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => options.NoContentOnDelete = true);
        using HttpClient client = app.CreateClient();

        HttpAnswer removed = await DeleteAsync(client, "subscriptions/sub_1");

        Assert.Equal((204, ""), (removed.Status, removed.Text));
    }

    [Fact]
    public async Task Samples_AreAsManyAndInTheFormThatIsSet()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => (options.MaxSamples, options.Format) = (2, WebhookFormat.Standard));
        using HttpClient client = app.CreateClient();

        JsonElement[] samples = [.. (await GetAsync(client, "events/NewOpportunity/samples")).Json.EnumerateArray()];

        Assert.Equal(["2010000000015", "2010000000014"], samples.Select(sample => sample.GetProperty("data").GetProperty("codeDeal").GetString()));
        Assert.Equal("[]", (await GetAsync(client, "events/invoice.paid/samples")).Text);
        Assert.Equal(404, (await GetAsync(client, "events/no.such/samples")).Status);
    }

    [Fact]
    public async Task Format_IsThatOfDeliveries()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options => options.Format = WebhookFormat.Standard);
        using HttpClient client = app.CreateClient();
        await PostAsync(client, "subscriptions", $$"""{"event":"NewOpportunity","url":"{{receiver.Url}}"}""");

        await app.PublishToAllAsync("1");

        Assert.StartsWith("""{"type":"NewOpportunity","timestamp":""", (await receiver.WaitForRequestsAsync(1))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllowHttpSubscriptions_Off_TakesHttpsOnly()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(options: options => options.AllowLoopback = true);
        using HttpClient client = app.CreateClient();

        Assert.Equal(400, (await PostAsync(client, "subscriptions", Good.Replace("https", "http"))).Status);
        Assert.Equal(201, (await PostAsync(client, "subscriptions", Good)).Status);
    }

    [Fact]
    public async Task SingleSample_AnswersWithOneResult()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(map: app =>
            app.MapWeavyWebhooks("/weavy", options => (options.Owner, options.SingleSample) = (static _ => "acme", true)));
        using HttpClient client = app.CreateClient(path: "/weavy/");

        HttpAnswer sample = await PostAsync(client, "process/?c=EPT_WebhookPerformList", """{"event":"NewOpportunity"}""");
        HttpAnswer none = await PostAsync(client, "process/?c=EPT_WebhookPerformList", """{"event":"invoice.paid"}""");

        Assert.Equal("""{"result":{"codeDeal":"2010000000015","customerName":"A L'ATELIER DE DIJON","isProject":true}}""", sample.Text);
        Assert.Equal("""{"result":null}""", none.Text);
    }

    [Fact]
    public async Task EventTypes_AreListedWithTheirSchema()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();

        JsonElement[] types = [.. (await GetAsync(client, "events")).Json.EnumerateArray()];

        Assert.Equal(["NewOpportunity", "invoice.paid"], types.Select(type => type.GetProperty("type").GetString()));
        Assert.Equal("A deal was opened.", types[0].GetProperty("description").GetString());
        Assert.Equal(["codeDeal", "customerName", "isProject"], types[0].GetProperty("schema").GetProperty("properties").EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("https://127.0.0.1/run?sig=a%2Fb%7e&x=a+b")]
    [InlineData("https://127.0.0.1/%E2%82%AC/../a")]
    public async Task Subscribe_SignedUrl_IsKeptByteForByte(string url)
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync();
        using HttpClient client = app.CreateClient();

        HttpAnswer made = await PostAsync(client, "subscriptions", JsonSerializer.Serialize(new { @event = "*", url }));

        Assert.Equal(url, made.Json.GetProperty("url").GetString());
        Assert.EndsWith(url["https://127.0.0.1".Length..], (await app.Subscriptions.FindAsync("acme", made.Id))!.Endpoint.Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_WhateverTheApplicationsJsonSettings_HaveTheSameNames()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(services: builder =>
            builder.Services.Configure<JsonOptions>(options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper));
        using HttpClient client = app.CreateClient();

        HttpAnswer made = await PostAsync(client, "subscriptions", Good);

        Assert.Equal(["id", "url", "events", "active", "created", "secret"], made.Json.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Descriptions_NameEveryEndpointItsBodyAndItsAnswers()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(services: builder => builder.Services.AddEndpointsApiExplorer());

        ApiDescription[] described = [.. app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items.SelectMany(group => group.Items)];

        Assert.Equal(
            [
                "DELETE webhooks/subscriptions/{id}", "GET webhooks/events", "GET webhooks/events/{type}/samples", "GET webhooks/subscriptions",
                "GET webhooks/subscriptions/{id}", "POST webhooks/subscriptions",
            ],
            described.Select(endpoint => $"{endpoint.HttpMethod} {endpoint.RelativePath}").Order(StringComparer.Ordinal));
        ApiDescription post = described.Single(endpoint => endpoint.HttpMethod == "POST");
        Assert.Equal([200, 201, 400, 403, 413, 415], post.SupportedResponseTypes.Select(response => response.StatusCode).Order());
        Assert.Equal("application/json", post.SupportedRequestFormats[0].MediaType);
    }
}
