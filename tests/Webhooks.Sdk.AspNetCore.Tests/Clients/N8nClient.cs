using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>A trigger node of n8n, after its GithubTrigger: looks before it makes, and adopts what it finds.</summary>
internal sealed class N8nClient(SubscriptionApp app) : IHookClient
{
    private readonly HttpClient _http = app.CreateClient();
    private string? _webhookId;

    public async Task<string> SubscribeAsync(string eventType, Uri callback)
    {
        if (await CheckExistsAsync())
        {
            return _webhookId!;
        }

        HttpAnswer made = await HttpAnswer.PostAsync(
            _http, "subscriptions", JsonSerializer.Serialize(new { webhookUrl = callback.AbsoluteUri, events = new[] { eventType } }));

        // Where the server says that there is one, the node would list them all and take the one with its URL: it must be there.
        JsonElement listed = (await HttpAnswer.GetAsync(_http, "subscriptions")).Json.EnumerateArray()
            .Single(hook => hook.GetProperty("url").GetString() == callback.AbsoluteUri);

        return made.Status is 200 or 201 && listed.GetProperty("active").GetBoolean() && made.Json.GetProperty("active").GetBoolean()
            ? _webhookId = listed.GetProperty("id").GetString()!
            : throw new HookClientException("The webhook response did not contain the expected data.");
    }

    public async Task UnsubscribeAsync(string remembered)
    {
        HttpAnswer answer = await HttpAnswer.DeleteAsync(_http, $"subscriptions/{remembered}");
        _webhookId = null;

        if (answer.Status >= 400)
        {
            throw new HookClientException($"Status {answer.Status}");
        }
    }

    public string Unknown() => "9e107d9d";

    public async Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType) =>
        [.. (await HttpAnswer.GetAsync(_http, $"events/{eventType}/samples")).Json.EnumerateArray()];

    public JsonElement RecordIn(string delivery) => JsonDocument.Parse(delivery).RootElement;

    public void Dispose() => _http.Dispose();

    private async Task<bool> CheckExistsAsync()
    {
        if (_webhookId is null)
        {
            return false;
        }

        HttpAnswer answer = await HttpAnswer.GetAsync(_http, $"subscriptions/{_webhookId}");

        if (answer.Status == 404 || (answer.Status == 200 && !answer.Json.GetProperty("active").GetBoolean()))
        {
            _webhookId = null;
            return false;
        }

        return answer.Status == 200 ? true : throw new HookClientException($"Status {answer.Status}");
    }
}
