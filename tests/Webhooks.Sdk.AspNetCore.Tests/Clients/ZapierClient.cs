using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>Zapier's REST hooks as zapier-platform-core makes them, in the form that its editor builds.</summary>
internal sealed class ZapierClient : IHookClient
{
    private readonly HttpClient _http;

    public ZapierClient(SubscriptionApp app)
    {
        _http = app.CreateClient();
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Zapier");
        _http.DefaultRequestHeaders.Accept.ParseAdd("*/*");
    }

    public async Task<string> SubscribeAsync(string eventType, Uri callback)
    {
        string body = JsonSerializer.Serialize(new { target_url = callback.AbsoluteUri, @event = eventType });
        JsonElement subscribeData = Parse(await HttpAnswer.PostAsync(_http, "subscriptions", body, "application/json; charset=utf-8"));
        return subscribeData.GetProperty("id").GetString()!;
    }

    public async Task UnsubscribeAsync(string remembered) => Parse(await HttpAnswer.DeleteAsync(_http, $"subscriptions/{remembered}"));

    public string Unknown() => "sub_00000000000000000000000000000000";

    public async Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType)
    {
        JsonElement samples = Parse(await HttpAnswer.GetAsync(_http, $"events/{eventType}/samples"));
        JsonElement[] records = samples.ValueKind == JsonValueKind.Array ? [.. samples.EnumerateArray()] : throw new HookClientException("Results must be an array.");
        Assert.Equal(records.Length, records.Select(record => record.GetProperty("id").ToString()).Distinct().Count());
        return records;
    }

    public JsonElement RecordIn(string delivery)
    {
        JsonElement record = JsonDocument.Parse(delivery).RootElement;
        Assert.NotEqual("", record.GetProperty("id").ToString());
        return record;
    }

    public void Dispose() => _http.Dispose();

    // An empty body, a 204 and whatever else is no JSON are failures to it, and so is every status from 400 on.
    private static JsonElement Parse(HttpAnswer answer)
    {
        if (answer.Status >= 400)
        {
            throw new HookClientException($"ResponseError {answer.Status}");
        }

        return answer.Text.Length > 0 && answer.MediaType == "application/json"
            ? answer.Json
            : throw new HookClientException("Response needs to be JSON, form-urlencoded or parsed in middleware.");
    }
}
