using System.Net.Http;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Harmony;

public sealed class HarmonyResponseRuleTests
{
    public static TheoryData<string, HarmonyOutcome, int?, string?> Texts => HarmonyAnswers.Texts;

    public static TheoryData<string, HarmonyOutcome, int?, string?> Json => HarmonyAnswers.Json;

    [Theory]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Json))]
    public void Judge_ABody_AgreesWithTheInterpreter(string body, HarmonyOutcome outcome, int? _, string? _1)
    {
        bool accepted = outcome is HarmonyOutcome.Accepted;
        bool rejected = outcome is HarmonyOutcome.Rejected;

        Assert.Equal(rejected ? WebhookVerdict.Rejected : WebhookVerdict.Delivered, Judge(200, body));
        Assert.Equal(accepted ? WebhookVerdict.Delivered : WebhookVerdict.Rejected, Judge(200, body, treatUnconfirmedAsRejected: true));
    }

    [Theory]
    [InlineData(200, "Delivered")]
    [InlineData(299, "Delivered")]
    [InlineData(301, "Rejected")]
    [InlineData(307, "Rejected")]
    [InlineData(400, "Rejected")]
    [InlineData(404, "Rejected")]
    [InlineData(408, "ReceiverFailed")]
    [InlineData(410, "Gone")]
    [InlineData(425, "ReceiverFailed")]
    [InlineData(429, "Throttled")]
    [InlineData(500, "ReceiverFailed")]
    [InlineData(503, "ReceiverFailed")]
    public void Judge_AnyStatus_GoesBeforeTheBody(int status, string verdict)
    {
        Assert.Equal(verdict, Judge(status, "200").ToString());
    }

    [Theory]
    [InlineData(200, "20", "Undecided")]
    [InlineData(200, "{\"code\":", "Undecided")]
    [InlineData(503, "20", "ReceiverFailed")]
    public void Judge_ABodyThatBrokeOff_IsUndecidedUnlessTheStatusDecides(int status, string body, string verdict)
    {
        Assert.Equal(verdict, Judge(status, body, isComplete: false).ToString());
    }

    private static WebhookVerdict Judge(int status, string body, bool treatUnconfirmedAsRejected = false, bool isComplete = true)
    {
        using var message = new HttpResponseMessage();

        return HarmonyResponseRule.Of(treatUnconfirmedAsRejected).Judge(new WebhookAnswer(status, message.Headers, body, isComplete));
    }
}
