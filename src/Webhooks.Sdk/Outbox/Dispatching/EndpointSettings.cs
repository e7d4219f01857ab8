using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Gives the endpoint that a row stands for: as it is registered now, or unsealed once for each version of the row. Thread-safe.
/// </summary>
internal sealed class EndpointSettings(IWebhookEndpoints endpoints, IWebhookSealer sealer)
{
    private const int MostEndpoints = 10_000;

    private readonly ConcurrentDictionary<string, (long Version, WebhookEndpoint Endpoint)> _unsealed = new(StringComparer.Ordinal);

    /// <summary>Finds the endpoint; false when its name is not registered, or it cannot be unsealed with the keys of now.</summary>
    /// <exception cref="OptionsValidationException">The options of a registered endpoint are not valid.</exception>
    public bool TryFind(StoredEndpoint row, [NotNullWhen(true)] out WebhookEndpoint? endpoint)
    {
        if (row.SealedSettings.IsEmpty)
        {
            return TryFindNamed(row.Id, out endpoint);
        }

        if (_unsealed.TryGetValue(row.Id, out (long Version, WebhookEndpoint Endpoint) known) && known.Version == row.Version)
        {
            endpoint = known.Endpoint;
            return true;
        }

        endpoint = Unseal(row);

        if (endpoint is not null)
        {
            if (_unsealed.Count >= MostEndpoints)
            {
                _unsealed.Clear();
            }

            _unsealed[row.Id] = (row.Version, endpoint);
        }

        return endpoint is not null;
    }

    /// <summary>Gives how many attempts the endpoint allows at once, or null: no limit of its own, or none that is known.</summary>
    public int? MaxConcurrencyOf(StoredEndpoint row)
    {
        try
        {
            return TryFind(row, out WebhookEndpoint? endpoint) ? endpoint.Limits.MaxConcurrency : null;
        }
        catch (OptionsValidationException)
        {
            // Whoever works on the delivery meets it again, and says so.
            return null;
        }
    }

    private bool TryFindNamed(string name, [NotNullWhen(true)] out WebhookEndpoint? endpoint)
    {
        try
        {
            endpoint = endpoints.Get(name);
            return true;
        }
        catch (ArgumentException)
        {
            endpoint = null;
            return false;
        }
    }

    private WebhookEndpoint? Unseal(StoredEndpoint row)
    {
        if (!sealer.TryUnseal(row.SealedSettings.Span, StoredSettings.Purpose(row.Id), out byte[]? settings))
        {
            return null;
        }

        try
        {
            return StoredSettings.Read(settings, row.Id);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
