using System.Net.Http;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Skalin;

public sealed class SkalinResponseRuleTests
{
    [Theory]
    [InlineData("""{"status":"error"}""")]
    [InlineData("""{"status":"error","message":"unknown customer","code":12}""")]
    [InlineData(""" { "code" : 12, "data": {"status":"success","list":[{}, [1]]}, "status" : "ERROR" } """)]
    [InlineData("""{"st\u0061tus":"err\u006Fr"}""")]
    [InlineData("\uFEFF{\"status\":\"error\"}")]
    [InlineData("""{"status":"success","status":"error"}""")]
    [InlineData("""{"status":"error","message":"cut o""")]
    [InlineData("""{"status":"error"} trailing""")]
    public void Judge_AcceptedByStatusButNotByBody_IsRejected(string text)
    {
        Assert.Equal(WebhookVerdict.Rejected, Judge(200, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("null")]
    [InlineData("\"error\"")]
    [InlineData("[{\"status\":\"error\"}]")]
    [InlineData("{}")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":"errors"}""")]
    [InlineData("""{"status":500}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"status":{"status":"error"}}""")]
    [InlineData("""{"data":{"status":"error"}}""")]
    [InlineData("""{"data":["status","error"]}""")]
    [InlineData("""{"Status":"error"}""")]
    [InlineData("""{"status":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"status":"success"}""")]
    [InlineData("""{"status":"err""")]
    [InlineData("""{"status":""")]
    [InlineData("""{"data":[[[""")]
    [InlineData("""{status:"error"}""")]
    [InlineData("<html>error</html>")]
    [InlineData("\0\uFFFD")]
    public void Judge_AcceptedByStatusAndNotRefusedByBody_IsDelivered(string text)
    {
        Assert.Equal(WebhookVerdict.Delivered, Judge(200, text));
        Assert.Equal(WebhookVerdict.Delivered, Judge(202, text));
    }

    [Fact]
    public void Judge_NestedBeyondReason_IsDelivered()
    {
        Assert.Equal(WebhookVerdict.Delivered, Judge(200, "{\"a\":" + new string('[', 10_000)));
    }

    [Fact]
    public void Judge_BodyThatBrokeOff_IsDecidedByWhatCame()
    {
        Assert.Equal(WebhookVerdict.Delivered, Judge(200, """{"sta""", isComplete: false));
        Assert.Equal(WebhookVerdict.Rejected, Judge(200, """{"status":"error",""", isComplete: false));
    }

    [Theory]
    [InlineData(302, WebhookVerdict.Rejected)]
    [InlineData(400, WebhookVerdict.Rejected)]
    [InlineData(404, WebhookVerdict.Rejected)]
    [InlineData(408, WebhookVerdict.ReceiverFailed)]
    [InlineData(429, WebhookVerdict.Throttled)]
    [InlineData(500, WebhookVerdict.ReceiverFailed)]
    [InlineData(503, WebhookVerdict.ReceiverFailed)]
    internal void Judge_AnyOtherStatus_DecidesWhateverTheBodySays(int status, WebhookVerdict expected)
    {
        Assert.Equal(expected, Judge(status, """{"status":"error"}"""));
        Assert.Equal(expected, Judge(status, """{"status":"success"}"""));
    }

    private static WebhookVerdict Judge(int status, string text, bool isComplete = true)
    {
        using var response = new HttpResponseMessage();

        return SkalinResponseRule.Instance.Judge(new WebhookAnswer(status, response.Headers, text, isComplete));
    }
}
