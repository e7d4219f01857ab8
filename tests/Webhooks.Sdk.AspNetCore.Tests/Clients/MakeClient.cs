using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>An attached webhook of Make: its body is the URL, so that the event is in the address.</summary>
internal sealed class MakeClient(SubscriptionApp app) : IHookClient
{
    private readonly HttpClient _http = app.CreateClient();

    public async Task<string> SubscribeAsync(string eventType, Uri callback)
    {
        HttpAnswer answer = await HttpAnswer.PostAsync(_http, $"subscriptions?event={eventType}", JsonSerializer.Serialize(new { url = callback.AbsoluteUri }));
        return answer.Status < 400 ? answer.Json.GetProperty("id").GetString()! : throw new HookClientException($"Status {answer.Status}");
    }

    public async Task UnsubscribeAsync(string remembered)
    {
        HttpAnswer answer = await HttpAnswer.DeleteAsync(_http, $"subscriptions/{remembered}");

        if (answer.Status >= 400)
        {
            throw new HookClientException($"Status {answer.Status}");
        }
    }

    public string Unknown() => "12345";

    public async Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType) =>
        [.. (await HttpAnswer.GetAsync(_http, $"events/{eventType}/samples")).Json.EnumerateArray()];

    public JsonElement RecordIn(string delivery) => JsonDocument.Parse(delivery).RootElement;

    public void Dispose() => _http.Dispose();
}
