using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Webhooks.Sdk.Harmony;

/// <content>
/// The JSON envelope of Divalto's REST services: <c>error</c> (0, or a technical anomaly told by <c>txterr</c>) and <c>result</c> with
/// <c>resultcode</c> (0, or an anomaly of the business told by <c>errormessage</c>).
/// </content>
internal static partial class HarmonyInterpreter
{
    private static readonly string[] MessageNames = ["errormessage", "message", "txterr", "txterror", "msg", "detail", "title"];

    private static readonly string[] EnvelopeCodes = ["resultcode", "code", "status", "statusCode"];

    // Inside a result, "code" and "status" are as likely to be the customer's.
    private static readonly string[] ResultCodes = ["resultcode"];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a JSON object or string; null when the text is not one.</summary>
    private static HarmonyReading? ReadJson(ReadOnlySpan<char> text, string[] codeNames, int depth)
    {
        byte[] utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);

        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Lenient);

            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(document.RootElement, codeNames, depth)
                : ReadAnswer(document.RootElement.GetString(), codeNames, depth + 1);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair, which is found only when its string is asked for.
            return null;
        }
    }

    private static HarmonyReading ReadObject(JsonElement answer, string[] codeNames, int depth)
    {
        Dictionary<string, JsonElement> members = MembersOf(answer);
        string? message = FindMessage(members);

        if (members.TryGetValue("error", out JsonElement error) && ReadError(error, depth) is { Outcome: HarmonyOutcome.Rejected } refusal)
        {
            return refusal with { Message = message ?? refusal.Message };
        }

        foreach (string container in (ReadOnlySpan<string>)["result", "common"])
        {
            if (members.TryGetValue(container, out JsonElement result) && ReadResult(result, depth) is { } reading)
            {
                if (reading.Outcome != HarmonyOutcome.AcceptedUnconfirmed)
                {
                    return reading with { Message = reading.Message ?? message };
                }

                message ??= reading.Message;
            }
        }

        foreach (string name in codeNames)
        {
            if (members.TryGetValue(name, out JsonElement value) && ReadCode(value) is { Outcome: not HarmonyOutcome.AcceptedUnconfirmed } reading)
            {
                return reading with { Message = message ?? reading.Message };
            }
        }

        return HarmonyReading.WithoutCode(message);
    }

    /// <summary>Reads what is meant to be a JSON object and is not.</summary>
    private static HarmonyReading ReadBrokenJson(ReadOnlySpan<char> text)
    {
        string? message = null;

        foreach (string name in MessageNames)
        {
            message ??= BrokenJson.FindText(text, name);
        }

        if (BrokenJson.FindInteger(text, "error") is { } error and not 0)
        {
            return HarmonyReading.Refusal(error, Words(message));
        }

        return BrokenJson.FindInteger(text, "resultcode") is { } code
            ? HarmonyReading.OfCode(code, Words(message))
            : HarmonyReading.WithoutCode(Words(message));
    }

    private static HarmonyReading? ReadResult(JsonElement result, int depth) => result.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(result, ResultCodes, depth),
        JsonValueKind.String => ReadAnswer(result.GetString(), ResultCodes, depth + 1),
        JsonValueKind.Number => ReadText(result.GetRawText(), mayBeQuoted: false),
        _ => null,
    };

    /// <summary>Reads the member <c>error</c>: refused, unless it says in some way that there was none.</summary>
    private static HarmonyReading ReadError(JsonElement error, int depth)
    {
        HarmonyReading reading = error.ValueKind switch
        {
            JsonValueKind.Number or JsonValueKind.String => ReadCode(error),
            JsonValueKind.Object => ReadObject(error, EnvelopeCodes, depth),
            _ => HarmonyReading.WithoutCode(message: null),
        };

        bool isError = error.ValueKind switch
        {
            JsonValueKind.Number => reading.Code != 0,
            JsonValueKind.String or JsonValueKind.Object => reading.Code is not null ? reading.Code != 0 : reading.Message is not null,
            _ => error.ValueKind == JsonValueKind.True,
        };

        return isError ? HarmonyReading.Refusal(reading.Code, reading.Message) : HarmonyReading.WithoutCode(message: null);
    }

    /// <summary>Reads a member that holds a code. Unlike in free text, the number may have any length.</summary>
    private static HarmonyReading ReadCode(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetDouble(out double number) && number == (int)number
                ? HarmonyReading.OfCode((int)number, message: null)
                : HarmonyReading.Refusal(code: null, message: null);
        }

        ReadOnlySpan<char> text = value.ValueKind == JsonValueKind.String ? Trim(value.GetString()) : default;

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code))
        {
            return HarmonyReading.OfCode(code, message: null);
        }

        return text.IsEmpty ? HarmonyReading.WithoutCode(message: null) : ReadText(text, mayBeQuoted: true);
    }

    private static string? FindMessage(Dictionary<string, JsonElement> members)
    {
        foreach (string name in MessageNames)
        {
            if (members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && Words(value.GetString()) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    private static Dictionary<string, JsonElement> MembersOf(JsonElement answer)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);

        foreach (JsonProperty member in answer.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }
}
