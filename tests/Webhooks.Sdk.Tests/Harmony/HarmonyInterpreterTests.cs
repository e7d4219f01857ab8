using System;
using System.Collections.Generic;
using System.Linq;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Harmony;

public sealed class HarmonyInterpreterTests
{
    public static TheoryData<string, HarmonyOutcome, int?, string?> Texts => HarmonyAnswers.Texts;

    public static TheoryData<string, HarmonyOutcome, int?, string?> Json => HarmonyAnswers.Json;

    [Theory]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Json))]
    public void Read_ABody_FindsCodeAndMessage(string body, HarmonyOutcome outcome, int? code, string? message)
    {
        HarmonyReading reading = HarmonyInterpreter.Read(body);

        Assert.Equal(new HarmonyReading(outcome, code, message), reading);
    }

    [Fact]
    public void Read_NoBody_FindsNothing()
    {
        Assert.Equal(HarmonyReading.WithoutCode(message: null), HarmonyInterpreter.Read(null));
    }

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(20_000)]
    public void Read_ALongMessage_KeepsItsFirst1024Characters(int length)
    {
        HarmonyReading reading = HarmonyInterpreter.Read("200 " + new string('x', length));

        Assert.Equal(new string('x', Math.Min(length, 1024)), reading.Message);
    }

    [Fact]
    public void Read_AMessageThatWouldBeCutInsideACharacter_LeavesTheCharacterOut()
    {
        HarmonyReading reading = HarmonyInterpreter.Read("200 " + new string('x', 1023) + "😀");

        Assert.Equal(new string('x', 1023), reading.Message);
    }

    [Theory]
    [InlineData('\uD800')]
    [InlineData('\uDC00')]
    public void Read_HalfOfASurrogatePair_IsNoObstacle(char half)
    {
        Assert.Equal(HarmonyReading.OfCode(200, $"a{half}"), HarmonyInterpreter.Read($"200 a{half}"));
        Assert.Equal(HarmonyReading.OfCode(0, "a\uFFFD"), HarmonyInterpreter.Read($$"""{"code":0,"message":"a{{half}}"}"""));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"result\":")]
    [InlineData("{\"error\":")]
    [InlineData("\"")]
    [InlineData("“")]
    [InlineData("'")]
    [InlineData("\\")]
    [InlineData("{\"resultcode")]
    [InlineData("{\"errormessage\\\\")]
    [InlineData("\0")]
    public void Read_JunkAsLongAsWhatIsKept_FindsNoCode(string junk)
    {
        string body = string.Concat(Enumerable.Repeat(junk, 16 * 1024 / junk.Length));

        HarmonyReading reading = HarmonyInterpreter.Read(body);

        Assert.Equal(HarmonyOutcome.AcceptedUnconfirmed, reading.Outcome);
        Assert.Null(reading.Code);
    }

    [Fact]
    public void Read_AnswersInAnswers_AreReadAsDeepAsTheyAreSeen()
    {
        string twice = """{"result":"{\"result\":\"{\\\"resultcode\\\":\\\"0\\\"}\"}"}""";
        string deep = string.Concat(Enumerable.Repeat("""{"result":""", 60)) + "0" + new string('}', 60);

        Assert.Equal(HarmonyReading.OfCode(0, message: null), HarmonyInterpreter.Read(twice));
        Assert.Equal(HarmonyReading.OfCode(0, message: null), HarmonyInterpreter.Read(deep));
    }

    [Fact]
    public void Read_RandomMutationsOfAnswers_NeverThrowsAndAgreesWithItself()
    {
        var random = new Random(408);
        string[] bodies = [.. HarmonyAnswers.Texts.Concat(HarmonyAnswers.Json).Select(row => (string)row[0])];

        for (int i = 0; i < 20_000; i++)
        {
            string body = Mutate(bodies[i % bodies.Length], bodies, random);

            HarmonyReading reading = HarmonyInterpreter.Read(body);

            bool agrees = reading.Outcome switch
            {
                HarmonyOutcome.Accepted => reading.Code is 0 or 200,
                HarmonyOutcome.AcceptedUnconfirmed => reading.Code is null,
                HarmonyOutcome.Rejected => true,
                _ => false,
            };
            Assert.True(agrees && reading.Message is null or { Length: >= 1 and <= 1024 }, $"{reading} for: {body}");
        }
    }

    [Theory]
    [InlineData(WebhookFailure.Rejected, 302, "200", HarmonyOutcome.Rejected, 200)]
    [InlineData(WebhookFailure.ReceiverFailed, 408, "", HarmonyOutcome.Transient, null)]
    [InlineData(WebhookFailure.ReceiverFailed, 425, "", HarmonyOutcome.Transient, null)]
    [InlineData(WebhookFailure.Throttled, 429, "", HarmonyOutcome.Transient, null)]
    [InlineData(WebhookFailure.ReceiverFailed, 500, "0", HarmonyOutcome.Transient, 0)]
    [InlineData(WebhookFailure.Rejected, 400, "400", HarmonyOutcome.Rejected, 400)]
    [InlineData(WebhookFailure.Gone, 410, "", HarmonyOutcome.Rejected, null)]
    [InlineData(WebhookFailure.Rejected, 200, "3", HarmonyOutcome.Rejected, 3)]
    [InlineData(WebhookFailure.None, 200, "200", HarmonyOutcome.Accepted, 200)]
    [InlineData(WebhookFailure.None, 204, "", HarmonyOutcome.AcceptedUnconfirmed, null)]
    [InlineData(WebhookFailure.TimedOut, 200, "20", HarmonyOutcome.Unknown, null)]
    [InlineData(WebhookFailure.Undecided, 200, "20", HarmonyOutcome.Unknown, null)]
    [InlineData(WebhookFailure.BlockedAddress, null, null, HarmonyOutcome.Rejected, null)]
    [InlineData(WebhookFailure.RequestTooLarge, null, null, HarmonyOutcome.Rejected, null)]
    [InlineData(WebhookFailure.InvalidRequest, null, null, HarmonyOutcome.Rejected, null)]
    [InlineData(WebhookFailure.NotReceived, null, null, HarmonyOutcome.Transient, null)]
    [InlineData(WebhookFailure.ConnectionLost, null, null, HarmonyOutcome.Unknown, null)]
    [InlineData(WebhookFailure.TimedOut, null, null, HarmonyOutcome.Unknown, null)]
    public void Interpret_EveryEndOfASend_HasItsOutcome(WebhookFailure failure, int? status, string? text, HarmonyOutcome outcome, int? code)
    {
        WebhookResult result = ResultOf(failure, status, text);

        HarmonyAnswer answer = HarmonyInterpreter.Interpret(result);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(code, answer.Code);
        Assert.Equal(result.Succeeded, answer.Succeeded);
        Assert.Same(result, answer.Result);
    }

    [Fact]
    public void Interpret_EveryFailure_IsDecidedOn()
    {
        IEnumerable<HarmonyOutcome> outcomes = Enum.GetValues<WebhookFailure>()
            .Where(failure => failure != WebhookFailure.None)
            .Select(failure => HarmonyInterpreter.Interpret(ResultOf(failure, status: null, text: null)).Outcome);

        Assert.DoesNotContain(outcomes, outcome => outcome is HarmonyOutcome.Accepted or HarmonyOutcome.AcceptedUnconfirmed);
    }

    [Fact]
    public void Interpret_AServerErrorWithWords_KeepsTheWords()
    {
        HarmonyAnswer answer = HarmonyInterpreter.Interpret(ResultOf(WebhookFailure.ReceiverFailed, 503, """{"error":4,"txterr":"Base fermée"}"""));

        Assert.Equal((HarmonyOutcome.Transient, 4, "Base fermée"), (answer.Outcome, answer.Code, answer.Message));
    }

    [Fact]
    public void ToString_OfAnAnswer_ShowsNoneOfTheReceiversText()
    {
        HarmonyAnswer answer = HarmonyInterpreter.Interpret(ResultOf(WebhookFailure.Rejected, 200, "3 dossier secret"));

        Assert.Equal("Rejected, code 3 (Rejected: status 200 after 1 attempt)", answer.ToString());
    }

    private static WebhookResult ResultOf(WebhookFailure failure, int? status, string? text)
    {
        var attempt = new WebhookAttempt(1, DateTimeOffset.UnixEpoch, TimeSpan.Zero, status, failure, error: null);

        return new WebhookResult(failure, [attempt], text, responseHeaders: [], retryAfter: null);
    }

    private static string Mutate(string body, string[] bodies, Random random)
    {
        const string Awkward = "{}[]\"\\'“”:,;-–.0123456789eE+ \t\r\n\0\uFEFF\uD800\uDC00é";

        for (int mutations = random.Next(1, 5); mutations > 0; mutations--)
        {
            int at = random.Next(body.Length + 1);
            int length = random.Next(body.Length - at + 1);

            body = random.Next(6) switch
            {
                0 => body.Remove(at, length),
                1 => body[..at],
                2 => body.Insert(at, Awkward[random.Next(Awkward.Length)].ToString()),
                3 => body.Insert(at, body.Substring(at, length)),
                4 => body.Insert(at, bodies[random.Next(bodies.Length)]),
                _ => string.Concat(body.AsSpan(0, at), new string(Awkward[random.Next(Awkward.Length)], random.Next(1, 80)), body.AsSpan(at)),
            };
        }

        return body;
    }
}
