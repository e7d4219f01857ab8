namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Judges an answer of status 2xx by the code in its body: a service that refuses a call says so with HTTP status 200.
/// </summary>
internal static class HarmonyResponseRule
{
    private static readonly WebhookResponseRule AcceptsUnconfirmed = new() { Decide = static (in answer, verdict) => Judge(answer, verdict, WebhookVerdict.Delivered) };
    private static readonly WebhookResponseRule RejectsUnconfirmed = new() { Decide = static (in answer, verdict) => Judge(answer, verdict, WebhookVerdict.Rejected) };

    public static WebhookResponseRule Of(bool treatUnconfirmedAsRejected) => treatUnconfirmedAsRejected ? RejectsUnconfirmed : AcceptsUnconfirmed;

    private static WebhookVerdict Judge(in WebhookAnswer answer, WebhookVerdict verdict, WebhookVerdict unconfirmed)
    {
        if (verdict != WebhookVerdict.Delivered)
        {
            return verdict;
        }

        // The beginning of "200" reads as 20, and an object without its end as anything.
        if (!answer.IsComplete)
        {
            return WebhookVerdict.Undecided;
        }

        return HarmonyInterpreter.Read(answer.Text).Outcome switch
        {
            HarmonyOutcome.Accepted => WebhookVerdict.Delivered,
            HarmonyOutcome.AcceptedUnconfirmed => unconfirmed,
            _ => WebhookVerdict.Rejected,
        };
    }
}
