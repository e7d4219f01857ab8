namespace Webhooks.Sdk.Retry;

/// <summary>
/// Decides what a receiver's answer means. Rules are pure, hold no state and are shared between threads.
/// </summary>
internal abstract class WebhookResponseRule
{
    /// <summary>Gets the rule that looks at the status alone.</summary>
    public static WebhookResponseRule Default { get; } = new StatusRule();

    public abstract WebhookVerdict Judge(in WebhookAnswer answer);

    /// <summary>
    /// The verdict of a status by itself: 2xx is delivered, 3xx is refused because redirects are never followed.
    /// </summary>
    protected static WebhookVerdict JudgeStatus(int statusCode) => statusCode switch
    {
        >= 200 and <= 299 => WebhookVerdict.Delivered,
        408 or 425 or >= 500 => WebhookVerdict.ReceiverFailed,
        410 => WebhookVerdict.Gone,
        429 => WebhookVerdict.Throttled,
        _ => WebhookVerdict.Rejected,
    };

    private sealed class StatusRule : WebhookResponseRule
    {
        public override WebhookVerdict Judge(in WebhookAnswer answer) => JudgeStatus(answer.StatusCode);
    }
}
