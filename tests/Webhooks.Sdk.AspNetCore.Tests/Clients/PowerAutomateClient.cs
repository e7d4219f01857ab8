using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>A custom connector of Power Automate: remembers the <c>Location</c> and nothing else.</summary>
internal sealed class PowerAutomateClient(SubscriptionApp app) : IHookClient
{
    private readonly HttpClient _http = app.CreateClient();

    public async Task<string> SubscribeAsync(string eventType, Uri callback)
    {
        string body = JsonSerializer.Serialize(new { callbackUrl = callback.AbsoluteUri, events = new[] { eventType } });
        HttpAnswer answer = await HttpAnswer.PostAsync(_http, "subscriptions", body);

        return answer.Status is 200 or 201
            ? answer.Location?.AbsoluteUri ?? throw new HookClientException("Without Location nothing is ever deleted.")
            : throw new HookClientException($"Status {answer.Status}");
    }

    public async Task UnsubscribeAsync(string remembered)
    {
        HttpAnswer answer = await HttpAnswer.DeleteAsync(_http, remembered);

        if (answer.Status is not (200 or 204))
        {
            throw new HookClientException($"Status {answer.Status}");
        }
    }

    public string Unknown() => $"{app.Url}webhooks/subscriptions/sub_unknown";

    public async Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType) =>
        [.. (await HttpAnswer.GetAsync(_http, $"events/{eventType}/samples")).Json.EnumerateArray()];

    public JsonElement RecordIn(string delivery) => JsonDocument.Parse(delivery).RootElement;

    public void Dispose() => _http.Dispose();
}
