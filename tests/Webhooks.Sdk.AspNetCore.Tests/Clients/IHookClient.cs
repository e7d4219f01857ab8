using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>A product that subscribes to webhooks: sends what it sends, and fails where it fails.</summary>
internal interface IHookClient : IDisposable
{
    /// <summary>Subscribes, and gives what the product remembers of it.</summary>
    Task<string> SubscribeAsync(string eventType, Uri callback);

    Task UnsubscribeAsync(string remembered);

    /// <summary>Gives what the product would remember of a subscription that the server has never had.</summary>
    string Unknown();

    Task<IReadOnlyList<JsonElement>> ReadSamplesAsync(string eventType);

    /// <summary>Gives the record in the body of a delivery.</summary>
    JsonElement RecordIn(string delivery);
}
