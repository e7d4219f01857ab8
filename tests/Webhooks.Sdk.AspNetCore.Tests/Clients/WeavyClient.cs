using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>A program that was written for weavy's webhooks.</summary>
internal sealed class WeavyClient(SubscriptionApp app) : IHookClient
{
    private readonly HttpClient _http = app.CreateClient(path: "/v1/EntryPoints/DEMO/");

    public async Task<string> SubscribeAsync(string eventType, Uri callback) =>
        (await ProcessAsync("EPT_WebhookSubscribe", $$"""{"event":"{{eventType}}","hookUrl":"{{callback}}"}""")).GetProperty("codeWebhookSubscription").GetString()!;

    public Task UnsubscribeAsync(string remembered) => ProcessAsync("EPT_WebhookUnsubscribe", $$"""{"codeWebhookSubscription":"{{remembered}}"}""");

    public string Unknown() => "mySubscriptionCode";

    public async Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType) =>
        [.. (await ProcessAsync("EPT_WebhookPerformList", $$"""{"event":"{{eventType}}"}""")).EnumerateArray()];

    public JsonElement RecordIn(string delivery)
    {
        JsonElement body = JsonDocument.Parse(delivery).RootElement;
        Assert.Equal("result", Assert.Single(body.EnumerateObject()).Name);
        return body.GetProperty("result");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ProcessAsync(string entryPoint, string body)
    {
        HttpAnswer answer = await HttpAnswer.PostAsync(_http, $"process/?c={entryPoint}", body);
        return answer.Status == 200 ? answer.Json.GetProperty("result") : throw new HookClientException($"Status {answer.Status}: {answer.Text}");
    }
}
