using System.Net.Http;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Retry;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Retry;

public sealed class WebhookResponseRuleTests
{
    [Theory]
    [InlineData(503, "abort-message", "Rejected")]
    [InlineData(429, "Abort-Message", "Rejected")]
    [InlineData(500, "disable", "Gone")]
    [InlineData(503, "later", "ReceiverFailed")]
    [InlineData(429, "", "Throttled")]
    [InlineData(200, "abort-message", "Delivered")]
    [InlineData(200, "disable", "Delivered")]
    [InlineData(404, "disable", "Rejected")]
    [InlineData(410, "abort-message", "Gone")]
    public void Judge_ReceiverThatWantsNoOtherAttempt_HasItsWish(int status, string wish, string verdict)
    {
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("Webhook-Delivery", wish);

        foreach (WebhookResponseRule rule in new WebhookResponseRule[]
            { WebhookResponseRule.Default, SkalinResponseRule.Instance, new HarmonyResponseRule(treatUnconfirmedAsRejected: false) })
        {
            Assert.Equal(verdict, rule.Judge(new WebhookAnswer(status, message.Headers, "", isComplete: true)).ToString());
        }
    }
}
