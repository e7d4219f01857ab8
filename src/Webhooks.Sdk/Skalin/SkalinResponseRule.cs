using System;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// What Skalin's answers mean: the status decides, unless a 2xx answer is a JSON object that says <c>"status":"error"</c>.
/// </summary>
/// <remarks>
/// Skalin does not document the answers of its webhooks. Its API tells errors by this member, in an answer whose status may lag behind.
/// A body that is cut off, broken off or no JSON at all is looked through as far as it goes, and never outweighs the status by itself.
/// </remarks>
internal sealed class SkalinResponseRule : WebhookResponseRule
{
    public static SkalinResponseRule Instance { get; } = new();

    public override WebhookVerdict Judge(in WebhookAnswer answer)
    {
        WebhookVerdict verdict = JudgeHead(answer);

        return verdict == WebhookVerdict.Delivered && SaysError(answer.Text) ? WebhookVerdict.Rejected : verdict;
    }

    private static bool SaysError(string text)
    {
        // A byte order mark is no JSON (RFC 8259, section 8.1), but harmless.
        byte[] json = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);

        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isStatus = reader.ValueTextEquals("status"u8);

                if (!reader.Read())
                {
                    return false;
                }

                if (isStatus
                    && reader.TokenType == JsonTokenType.String
                    && "error".Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }

                if (!reader.TrySkip())
                {
                    return false;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON from here on, or text with half of a surrogate pair.
            return false;
        }
    }
}
