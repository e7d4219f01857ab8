using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Writes the endpoint of a subscription as bytes, to be sealed, and reads it back.
/// </summary>
internal static class StoredSettings
{
    private const int FormatVersion = 1;

    public static string Purpose(string endpointId) => $"endpoint:{endpointId}";

    /// <exception cref="ArgumentException">The endpoint holds code or a certificate, which cannot be stored, or is registered by name.</exception>
    public static byte[] Write(WebhookEndpoint endpoint, string paramName)
    {
        Refuse(endpoint, paramName);
        RefuseCode(endpoint, paramName);
        using var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        writer.WriteNumber("v", FormatVersion);
        writer.WriteString("url", endpoint.Url.OriginalString);
        writer.WriteBoolean("opaque", StoredUrl.IsOpaque(endpoint.Url));
        writer.WriteStartArray("secrets");

        foreach (WebhookSecret secret in endpoint.Secrets)
        {
            writer.WriteStringValue(secret.Reveal());
        }

        writer.WriteEndArray();
        writer.WriteStartArray("headers");

        foreach (KeyValuePair<string, string> header in endpoint.Headers)
        {
            writer.WriteStringValue(header.Key);
            writer.WriteStringValue(header.Value);
        }

        writer.WriteEndArray();
        WriteCredential(writer, endpoint.Credential);
        writer.WriteString("format", endpoint.Format.Name);
        writer.WriteString("source", endpoint.Source);
        writer.WriteBoolean("ordered", endpoint.Ordered);
        WriteNumber(writer, "setAsideAfter", endpoint.SetAsideAfter);
        WriteNumber(writer, "timeoutMs", (long?)endpoint.Limits.AttemptTimeout?.TotalMilliseconds);
        WriteNumber(writer, "maxBody", endpoint.Limits.MaxRequestBodySize);
        WriteNumber(writer, "maxConcurrency", endpoint.Limits.MaxConcurrency);
        writer.WriteString("idempotencyHeader", endpoint.IdempotencyHeader?.Name);
        writer.WriteBoolean("idempotencyUuid", endpoint.IdempotencyHeader is { IsUuid: true });
        writer.WriteString("requestOrigin", endpoint.RequestOrigin);
        writer.WriteBoolean("propagateTrace", endpoint.PropagateTraceContext);
        writer.WriteNumber("jitter", endpoint.Schedule.Jitter);
        writer.WriteStartArray("delays");

        foreach (TimeSpan delay in endpoint.Schedule.Delays)
        {
            writer.WriteNumberValue(delay.Ticks);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of a newer version.</exception>
    public static WebhookEndpoint Read(ReadOnlyMemory<byte> bytes)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement root = document.RootElement;

        if (root.GetProperty("v").GetInt32() is var version and not FormatVersion)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"The endpoint is stored in version {version}, but this is version {FormatVersion}; update the application."));
        }

        string[] headers = [.. Texts(root, "headers")];

        return new WebhookEndpoint(StoredUrl.Read(root.GetProperty("url").GetString()!, root.GetProperty("opaque").GetBoolean()))
        {
            Secrets = [.. Texts(root, "secrets").Select(WebhookSecret.Parse)],
            Headers = [.. headers.Chunk(2).Select(static pair => KeyValuePair.Create(pair[0], pair[1]))],
            Credential = WebhookCredential.Restore(Text(root, "credentialHeader"), Text(root, "credentialValue"), Text(root, "credentialQuery")),
            Format = WebhookFormat.Find(Text(root, "format")!) ?? throw new InvalidDataException("The endpoint's format is not known; update the application."),
            Source = Text(root, "source"),
            Ordered = root.GetProperty("ordered").GetBoolean(),
            SetAsideAfter = (int?)Number(root, "setAsideAfter"),
            Limits = new WebhookLimits
            {
                AttemptTimeout = Number(root, "timeoutMs") is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
                MaxRequestBodySize = (int?)Number(root, "maxBody"),
                MaxConcurrency = (int?)Number(root, "maxConcurrency"),
            },
            IdempotencyHeader = Text(root, "idempotencyHeader") is { } header
                ? new WebhookIdempotencyHeader(header) { IsUuid = root.GetProperty("idempotencyUuid").GetBoolean() }
                : null,
            RequestOrigin = Text(root, "requestOrigin"),
            PropagateTraceContext = root.GetProperty("propagateTrace").GetBoolean(),
            Schedule = RetrySchedule
                .Of(root.GetProperty("delays").EnumerateArray().Select(static delay => TimeSpan.FromTicks(delay.GetInt64())))
                .WithJitter(root.GetProperty("jitter").GetDouble()),
        };
    }

    /// <summary>Gives the same endpoint with other secrets.</summary>
    /// <exception cref="ArgumentException">There are more than an endpoint may have.</exception>
    public static byte[] WithSecrets(byte[] settings, IReadOnlyList<WebhookSecret> secrets)
    {
        JsonObject root = JsonNode.Parse(settings)!.AsObject();
        root["secrets"] = new JsonArray([.. secrets.Select(static secret => (JsonNode)JsonValue.Create(secret.Reveal()))]);
        byte[] changed = Encoding.UTF8.GetBytes(root.ToJsonString());
        Read(changed);
        return changed;
    }

    private static void Refuse(WebhookEndpoint endpoint, string paramName)
    {
        if (endpoint.Name is not null)
        {
            throw new ArgumentException($"The endpoint {endpoint.Name} is registered by name; a subscription has one of its own, made with new WebhookEndpoint(url).", paramName);
        }

        if (endpoint.Credential is { TokenProvider: not null } or { Certificate: not null })
        {
            throw new ArgumentException($"The credential ({endpoint.Credential}) is code or a certificate and cannot be stored; use a plain one, or an endpoint that is registered by name.", paramName);
        }
    }

    private static void RefuseCode(WebhookEndpoint endpoint, string paramName)
    {
        bool hasCode = endpoint.Preset != WebhookPresets.Default
            || endpoint.Rule != WebhookResponseRule.Default
            || endpoint.Signers.Count > 0
            || endpoint.Limits is { Rate: not null } or { CircuitBreaker: not null };

        if (hasCode)
        {
            throw new ArgumentException(
                "The endpoint has a preset, a rule, signers, a rate or a circuit breaker of its own, which a subscription cannot store; use an endpoint that is registered by name.",
                paramName);
        }
    }

    private static void WriteCredential(Utf8JsonWriter writer, WebhookCredential? credential)
    {
        writer.WriteString("credentialHeader", credential?.HeaderName);
        writer.WriteString("credentialValue", credential?.HeaderValue);
        writer.WriteString("credentialQuery", credential?.QueryPair);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static IEnumerable<string> Texts(JsonElement root, string name) => root.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!);

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static long? Number(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : null;
}
