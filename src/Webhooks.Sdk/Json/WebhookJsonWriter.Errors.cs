using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public ref partial struct WebhookJsonWriter
{
    [DoesNotReturn]
    private readonly void ThrowValueRefused()
    {
        throw new InvalidOperationException(_place == JsonPlace.End
            ? "A second value cannot follow the one that is complete; use one writer for each value, or open an array."
            : "A value in an object needs a name; use the overload that takes one, or call WritePropertyName first.");
    }

    [DoesNotReturn]
    private readonly void ThrowNameRefused()
    {
        throw new InvalidOperationException(_place switch
        {
            JsonPlace.AfterName => "A name cannot follow a name; write the value of the last one first.",
            JsonPlace.FirstElement or JsonPlace.NextElement => "An element of an array has no name; use the overload that takes none.",
            JsonPlace.End => "A member cannot follow the value that is complete; use one writer for each value.",
            _ => "A name is possible only in an object; call WriteStartObject first.",
        });
    }

    [DoesNotReturn]
    private readonly void ThrowEndRefused(string method)
    {
        string reason = _place switch
        {
            JsonPlace.AfterName => "the last name has no value yet",
            JsonPlace.FirstElement or JsonPlace.NextElement => "an array is open; call WriteEndArray first",
            JsonPlace.FirstMember or JsonPlace.NextMember => "an object is open; call WriteEndObject first",
            _ => "nothing is open",
        };

        throw new InvalidOperationException($"{method} is not possible here: {reason}.");
    }

    [DoesNotReturn]
    private static void ThrowTooDeep()
    {
        throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"Objects and arrays can be nested {MaxDepth} deep, and so many are open already."));
    }

    [DoesNotReturn]
    private static void ThrowNullName(string parameterName)
    {
        throw new ArgumentNullException(parameterName, "A name cannot be null; an empty one is \"\".");
    }

    [DoesNotReturn]
    private static void ThrowNotFinite(string parameterName)
    {
        throw new ArgumentException("JSON has no text for NaN and infinity (RFC 8259 section 6); write null or a string instead.", parameterName);
    }

    [DoesNotReturn]
    private static void ThrowUnknownEscaping(WebhookJsonEscaping escaping)
    {
        string value = ((int)escaping).ToString(CultureInfo.InvariantCulture);

        throw new ArgumentOutOfRangeException(
            nameof(escaping), $"{value} is no escaping; use {nameof(WebhookJsonEscaping.Minimal)} or {nameof(WebhookJsonEscaping.SystemTextJson)}.");
    }

    // The reader's own message is left out: it quotes the text.
    [DoesNotReturn]
    private static void ThrowRawRefused(string reason, string parameterName)
    {
        throw new ArgumentException($"The JSON {reason}.", parameterName);
    }
}
