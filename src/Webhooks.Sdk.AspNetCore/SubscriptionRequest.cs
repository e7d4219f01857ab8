using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>What a customer asks for: which events, and where.</summary>
/// <param name="Callback">The URL as it was written.</param>
/// <param name="Events">Event types and patterns, each once.</param>
internal sealed record SubscriptionRequest(string Callback, IReadOnlyList<string> Events)
{
    /// <summary>Reads a body. Members that are not known are ignored.</summary>
    /// <param name="body">The body.</param>
    /// <param name="callbackNames">What the callback may be called.</param>
    /// <param name="fallback">The event that the URL names, for clients whose body has the callback only; or null.</param>
    /// <exception cref="RequestProblemException">There is not exactly one callback, or no events, or one of them is no text.</exception>
    public static SubscriptionRequest Read(JsonElement body, IReadOnlyCollection<string> callbackNames, string? fallback)
    {
        JsonProperty[] callbacks = [.. Members(body, callbackNames)];
        JsonProperty[] events = [.. Members(body, ["event", "events"])];

        if (callbacks is not [var callback])
        {
            throw Bad($"The body has {(callbacks.Length == 0 ? "no" : "more than one")} callback; write exactly one of {string.Join(", ", callbackNames)}.");
        }

        string[] wanted = events switch
        {
            [var one] => ReadEvents(one),
            [] when fallback is not null => [fallback],
            [] => throw Bad("The request does not say which events are wanted; write \"event\":\"…\" or \"events\":[\"…\"], or ?event=… in the URL."),
            _ => throw Bad("The body says twice which events are wanted; write either \"event\" or \"events\"."),
        };

        return new SubscriptionRequest(Text(callback.Value, callback.Name), wanted);
    }

    /// <summary>Reads one member that must be a text.</summary>
    /// <exception cref="RequestProblemException">It is not there, comes twice, or is no text.</exception>
    public static string ReadText(JsonElement body, string name) =>
        Members(body, [name]).ToArray() is [var member] ? Text(member.Value, name) : throw Bad($"The body must have exactly one member \"{name}\".");

    private static string[] ReadEvents(JsonProperty wanted)
    {
        if (wanted.Value.ValueKind != JsonValueKind.Array)
        {
            return [Text(wanted.Value, wanted.Name)];
        }

        string[] events = [.. wanted.Value.EnumerateArray().Select(element => Text(element, wanted.Name)).Distinct(StringComparer.Ordinal)];
        return events.Length > 0 ? events : throw Bad($"\"{wanted.Name}\" is empty; name at least one event.");
    }

    private static IEnumerable<JsonProperty> Members(JsonElement body, IReadOnlyCollection<string> names) =>
        body.EnumerateObject().Where(member => names.Contains(NameOf(member), StringComparer.OrdinalIgnoreCase));

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    private static string Text(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Bad($"\"{name}\" must be a text.");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode();
        }
    }

    // System.Text.Json finds half a surrogate pair, and bytes that are no UTF-8, only when a text is taken.
    private static RequestProblemException NotUnicode() => Bad("The body has a text that is not valid Unicode.");

    private static RequestProblemException Bad(string detail) => new(StatusCodes.Status400BadRequest, detail);
}
