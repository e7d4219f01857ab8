// A trimmed minimal API whose customers subscribe: subscribes to itself, hears of an event, unsubscribes, and exits with 0 when all went well.
using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk;
using Webhooks.Sdk.Testing;

using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
await using WebhookReceiver receiver = WebhookReceiver.Start();
var invoicePaid = new WebhookEventType<Invoice>("invoice.paid", ApiJson.Default.Invoice, "An invoice was paid.");

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
builder.Services.AddHealthChecks().AddWebhooks();
builder.Services.AddWebhooks(options => (options.AllowLoopback, options.AllowHttpSubscriptions) = (true, true))
    .AddEventType(invoicePaid)
    .UseDataProtection();
await using WebApplication app = builder.Build();
app.MapWebhookSubscriptions("/webhooks", options => options.Owner = static _ => "acme").AllowAnonymous();
app.MapWeavyWebhooks("/v1/EntryPoints/{projectCode}", options => options.Owner = static _ => "acme").AllowAnonymous();
app.MapPost("/invoices", async (Invoice invoice, IWebhookPublisher publisher) => { await publisher.PublishAsync(invoicePaid, invoice); });
await app.StartAsync(deadline.Token);

using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
JsonElement made = await SendAsync(HttpMethod.Post, "/webhooks/subscriptions", $$"""{"event":"invoice.paid","url":"{{receiver.Url}}"}""");
JsonElement weavy = await SendAsync(
    HttpMethod.Post, "/v1/EntryPoints/DEMO/process/?c=EPT_WebhookSubscribe", $$"""{"event":"invoice.paid","hookUrl":"{{receiver.Url}}"}""");
JsonElement types = await SendAsync(HttpMethod.Get, "/webhooks/events");
await SendAsync(HttpMethod.Post, "/invoices", """{"id":"inv_1","amount":12.5}""");
ReceivedRequest[] deliveries = [.. await receiver.WaitForRequestsAsync(2)];
JsonElement removed = await SendAsync(HttpMethod.Delete, $"/webhooks/subscriptions/{made.GetProperty("id").GetString()}");
HealthReport health = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(deadline.Token);

deliveries.Single(delivery => delivery.Text == """{"id":"inv_1","amount":12.5}""").AssertSigned(WebhookSecret.Parse(made.GetProperty("secret").GetString()!));
bool isWhole = deliveries.Any(delivery => delivery.Text == """{"result":{"id":"inv_1","amount":12.5}}""")
    && weavy.GetProperty("result").GetProperty("codeWebhookSubscription").GetString() is ['s', 'u', 'b', '_', ..]
    && types[0].GetProperty("schema").GetProperty("properties").TryGetProperty("amount", out _)
    && removed.GetProperty("deleted").GetBoolean()
    && health.Status == HealthStatus.Healthy;
Console.WriteLine(isWhole ? "Subscribed, delivered, unsubscribed." : $"Something is missing: {weavy} {types} {removed} {health.Status}");
return isWhole ? 0 : 1;

async System.Threading.Tasks.Task<JsonElement> SendAsync(HttpMethod method, string path, string? json = null)
{
    using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
    using HttpResponseMessage answer = await http.SendAsync(request, deadline.Token);
    string text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(deadline.Token);
    return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
}

internal sealed record Invoice(string Id, decimal Amount);

[JsonSerializable(typeof(Invoice))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ApiJson : JsonSerializerContext;
