using System;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Understands what Harmony servers answer. Pure, and never throws whatever a server wrote.
/// </summary>
/// <remarks>
/// "La réponse à un webhook se limite en général à un “200” ou “0” pour indiquer que “le message est bien parvenu”, avec un message complémentaire
/// indiquant soit la réussite ou la raison de l'échec" (Divalto: "Principe d'appel SW en mode WebHook"). Servers are seen to answer with that text,
/// with the JSON envelope of Divalto's REST services, and with JSON inside a JSON string, which is not always valid.
/// </remarks>
internal static partial class HarmonyInterpreter
{
    public const int MaxMessageLength = 1024;

    // An answer in a string in an answer: two are seen, and a receiver must not choose how deep the stack gets.
    private const int MaxDepth = 4;

    /// <summary>
    /// Reads what came of sending a call.
    /// </summary>
    public static HarmonyAnswer Interpret(WebhookResult result)
    {
        HarmonyReading reading = Read(result.ResponseText);

        HarmonyOutcome outcome = result.Failure switch
        {
            // The response rule has read the same text, so a refusal in it is a failure already.
            WebhookFailure.None => reading.Outcome,
            WebhookFailure.ReceiverFailed or WebhookFailure.Throttled or WebhookFailure.NotReceived => HarmonyOutcome.Transient,
            WebhookFailure.ConnectionLost or WebhookFailure.TimedOut or WebhookFailure.Undecided => HarmonyOutcome.Unknown,
            _ => HarmonyOutcome.Rejected,
        };

        // Half an answer has no code: the beginning of "200" reads as 20.
        return new HarmonyAnswer(outcome, outcome == HarmonyOutcome.Unknown ? null : reading.Code, reading.Message, result);
    }

    /// <summary>
    /// Reads what the body of an answer says by itself.
    /// </summary>
    public static HarmonyReading Read(string? text)
    {
        HarmonyReading reading = ReadAnswer(text, EnvelopeCodes, depth: 0);

        return reading with { Message = Shorten(reading.Message) };
    }

    private static HarmonyReading ReadAnswer(string? answer, string[] codeNames, int depth)
    {
        ReadOnlySpan<char> text = Trim(answer);

        if (text.IsEmpty)
        {
            return HarmonyReading.WithoutCode(message: null);
        }

        if (text[0] is '{' or '"' && depth < MaxDepth && ReadJson(text, codeNames, depth) is { } reading)
        {
            return reading;
        }

        return text[0] == '{' ? ReadBrokenJson(text) : ReadText(text, mayBeQuoted: true);
    }

    // A byte order mark is not white space to .NET.
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim().Trim('\uFEFF').Trim();

    private static string? Words(ReadOnlySpan<char> text)
    {
        text = Trim(text);

        return text.IsEmpty ? null : text.ToString();
    }

    private static string? Shorten(string? message)
    {
        if (message is not { Length: > MaxMessageLength })
        {
            return message;
        }

        int length = char.IsHighSurrogate(message[MaxMessageLength - 1]) ? MaxMessageLength - 1 : MaxMessageLength;
        return message[..length];
    }
}
