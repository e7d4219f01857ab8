using System.Net.Http.Headers;

namespace Webhooks.Sdk.Retry;

/// <summary>
/// Decides what a receiver's answer means. Rules are pure, hold no state and are shared between threads.
/// </summary>
internal abstract class WebhookResponseRule
{
    private const string DeliveryHeader = "webhook-delivery";

    /// <summary>Gets the rule that leaves the body alone.</summary>
    public static WebhookResponseRule Default { get; } = new HeadRule();

    public abstract WebhookVerdict Judge(in WebhookAnswer answer);

    /// <summary>
    /// The verdict of an answer without its body: by its status, unless the receiver says that it wants no other attempt.
    /// </summary>
    protected static WebhookVerdict JudgeHead(in WebhookAnswer answer)
    {
        WebhookVerdict verdict = JudgeStatus(answer.StatusCode);

        if (verdict is WebhookVerdict.ReceiverFailed or WebhookVerdict.Throttled
            && answer.Headers.NonValidated.TryGetValues(DeliveryHeader, out HeaderStringValues wish))
        {
            return wish.ToString().ToUpperInvariant() switch
            {
                "ABORT-MESSAGE" => WebhookVerdict.Rejected,
                "DISABLE" => WebhookVerdict.Gone,
                _ => verdict,
            };
        }

        return verdict;
    }

    // 3xx is refused because redirects are never followed.
    private static WebhookVerdict JudgeStatus(int statusCode) => statusCode switch
    {
        >= 200 and <= 299 => WebhookVerdict.Delivered,
        408 or 425 or >= 500 => WebhookVerdict.ReceiverFailed,
        410 => WebhookVerdict.Gone,
        429 => WebhookVerdict.Throttled,
        _ => WebhookVerdict.Rejected,
    };

    private sealed class HeadRule : WebhookResponseRule
    {
        public override WebhookVerdict Judge(in WebhookAnswer answer) => JudgeHead(answer);
    }
}
