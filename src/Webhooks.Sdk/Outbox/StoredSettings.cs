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
/// <remarks>
/// A JSON object whose member <c>v</c> is its version. What is not there is as it is by default, or as the preset has it. A new member needs a new version:
/// whoever does not know it would leave it out without a word.
/// </remarks>
internal static partial class StoredSettings
{
    private const int FormatVersion = 2;

    public static string Purpose(string endpointId) => $"endpoint:{endpointId}";

    /// <exception cref="ArgumentException">The endpoint holds code or a certificate, which cannot be stored, or is registered by name.</exception>
    public static byte[] Write(WebhookEndpoint endpoint, string paramName)
    {
        if (ReasonToRefuse(endpoint) is { } reason)
        {
            throw new ArgumentException(reason, paramName);
        }

        using var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes);
        WriteEndpoint(writer, endpoint);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of a newer version, or name what this one does not know.</exception>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    /// <exception cref="ArgumentException">A part is not one that an endpoint has.</exception>
    /// <exception cref="InvalidOperationException">A member is missing, or of another kind.</exception>
    public static WebhookEndpoint Read(ReadOnlyMemory<byte> bytes, string subscriptionId)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        JsonElement root = document.RootElement;
        int version = Required(root, "v").GetInt32();

        return version switch
        {
            1 => ReadFirst(root, subscriptionId),
            FormatVersion => ReadEndpoint(root, subscriptionId),
            _ => throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"The endpoint is stored in version {version}, but this is version {FormatVersion}; update the application.")),
        };
    }

    /// <summary>Gives the same endpoint with other secrets.</summary>
    /// <exception cref="ArgumentException">There are more than an endpoint may have.</exception>
    public static byte[] WithSecrets(byte[] settings, string subscriptionId, IReadOnlyList<WebhookSecret> secrets)
    {
        JsonObject root = JsonNode.Parse(settings)!.AsObject();
        root["secrets"] = new JsonArray([.. secrets.Select(static secret => (JsonNode)JsonValue.Create(secret.Reveal()))]);
        byte[] changed = Encoding.UTF8.GetBytes(root.ToJsonString());
        Read(changed, subscriptionId);
        return changed;
    }

    private static string? ReasonToRefuse(WebhookEndpoint endpoint)
    {
        const string Fix = "Register the endpoint by name, AddWebhooks().AddEndpoint(\"name\", …), and enqueue requests for it; or leave it out.";

        return endpoint switch
        {
            { Name: { } name } =>
                $"The endpoint {name} is registered by name; a subscription has one of its own, made with new WebhookEndpoint(url).",
            { Credential.TokenProvider: not null } =>
                $"The credential ({endpoint.Credential}) is code, which a subscription cannot store. Use a token that does not change, WebhookCredential.Bearer(\"…\"). {Fix}",
            { Credential.Certificate: not null } =>
                $"The credential ({endpoint.Credential}) holds a private key that a subscription cannot store. {Fix}",
            { Rule.Decide: not null } =>
                $"The response rule decides by code ({nameof(WebhookResponseRule)}.{nameof(WebhookResponseRule.Decide)}), which a subscription cannot store. Say it by statuses and body rules. {Fix}",
            _ when endpoint.Signers.FirstOrDefault(static signer => signer is not WebhookSigner) is { } custom =>
                $"The signer {custom.GetType().Name} is code, which a subscription cannot store; only a {nameof(WebhookSigner)} can be. {Fix}",
            _ => null,
        };
    }
}
