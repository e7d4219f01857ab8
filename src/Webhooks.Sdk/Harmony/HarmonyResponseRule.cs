using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Judges an answer of status 2xx by the code in its body: a service that refuses a call says so with HTTP status 200.
/// </summary>
internal sealed class HarmonyResponseRule(bool treatUnconfirmedAsRejected) : WebhookResponseRule
{
    public override WebhookVerdict Judge(in WebhookAnswer answer)
    {
        WebhookVerdict verdict = JudgeHead(answer);

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
            HarmonyOutcome.AcceptedUnconfirmed when !treatUnconfirmedAsRejected => WebhookVerdict.Delivered,
            _ => WebhookVerdict.Rejected,
        };
    }
}
