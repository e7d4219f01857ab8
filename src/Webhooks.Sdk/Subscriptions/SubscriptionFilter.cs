using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>
/// The content filter of a subscription: a JSON object whose every member names a member of the data, by dotted path, and the value it must equal.
/// </summary>
/// <remarks>
/// Values are equal as JSON: numbers by their value, objects whatever the order of their members. A member whose own name has full stops is found
/// before a path is followed. Immutable and safe to share between threads.
/// </remarks>
internal sealed class SubscriptionFilter
{
    public const int MaxLength = 16 * 1024;

    private readonly (string Path, JsonElement Value)[] _members;

    private SubscriptionFilter((string, JsonElement)[] members)
    {
        _members = members;
    }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="ArgumentException">The text is no JSON object, or too long. The message does not show it.</exception>
    public static SubscriptionFilter Parse(ReadOnlyMemory<byte> utf8Json, string paramName)
    {
        if (utf8Json.Length > MaxLength)
        {
            throw new ArgumentException($"A filter has at most {MaxLength} bytes.", paramName);
        }

        if (!TryRead(utf8Json, out JsonElement root))
        {
            throw new ArgumentException("The filter is not valid JSON (RFC 8259).", paramName);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("The filter is not a JSON object; write it like {\"status\":\"paid\",\"customer.country\":\"FR\"}.", paramName);
        }

        var members = new List<(string, JsonElement)>();

        foreach (JsonProperty member in root.EnumerateObject())
        {
            members.Add((member.Name, member.Value));
        }

        return new SubscriptionFilter([.. members]);
    }

    public bool Matches(JsonElement data)
    {
        foreach ((string path, JsonElement value) in _members)
        {
            if (!TryFind(data, path, out JsonElement found) || !JsonElement.DeepEquals(found, value))
            {
                return false;
            }
        }

        return true;
    }

    // The exception is not passed on: it quotes the text.
    private static bool TryRead(ReadOnlyMemory<byte> utf8Json, out JsonElement root)
    {
        root = default;

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryFind(JsonElement data, string path, out JsonElement found)
    {
        found = default;

        if (data.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (data.TryGetProperty(path, out found))
        {
            return true;
        }

        for (int dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
        {
            if (data.TryGetProperty(path.AsSpan(0, dot), out JsonElement inner) && TryFind(inner, path[(dot + 1)..], out found))
            {
                return true;
            }
        }

        return false;
    }
}
