namespace Webhooks.Sdk.Skalin;

/// <summary>
/// What Skalin's answers mean: the status decides, unless a 2xx answer is a JSON object that says <c>"status":"error"</c>.
/// </summary>
/// <remarks>
/// Skalin does not document the answers of its webhooks. Its API tells errors by this member, in an answer whose status may lag behind.
/// A body that is cut off, broken off or no JSON at all is looked through as far as it goes, and never outweighs the status by itself.
/// </remarks>
internal static class SkalinResponseRule
{
    public static WebhookResponseRule Instance { get; } = new() { Body = [WebhookBodyRule.WhenJson("status", "error", WebhookVerdict.Rejected).OnSuccess()] };
}
