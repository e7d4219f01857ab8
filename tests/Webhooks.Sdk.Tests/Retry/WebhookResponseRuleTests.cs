using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Retry;

public sealed class WebhookResponseRuleTests
{
    [Theory]
    [InlineData(503, "abort-message", "Rejected")]
    [InlineData(429, "Abort-Message", "Rejected")]
    [InlineData(500, "disable", "Disabled")]
    [InlineData(503, "later", "ReceiverFailed")]
    [InlineData(429, "", "Throttled")]
    [InlineData(200, "abort-message", "Delivered")]
    [InlineData(200, "disable", "Delivered")]
    [InlineData(404, "disable", "Disabled")]
    [InlineData(410, "disable", "Gone")]
    [InlineData(410, "abort-message", "Gone")]
    public void Judge_ReceiverThatWantsNoOtherAttempt_HasItsWish(int status, string wish, string verdict)
    {
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("Webhook-Delivery", wish);

        foreach (WebhookResponseRule rule in new WebhookResponseRule[]
            { WebhookResponseRule.Default, SkalinResponseRule.Instance, HarmonyResponseRule.Of(treatUnconfirmedAsRejected: false) })
        {
            Assert.Equal(verdict, rule.Judge(new WebhookAnswer(status, message.Headers, "", isComplete: true)).ToString());
        }
    }

    [Theory]
    [InlineData(200, WebhookVerdict.Rejected)]
    [InlineData(201, WebhookVerdict.Delivered)]
    [InlineData(202, WebhookVerdict.Delivered)]
    [InlineData(299, WebhookVerdict.Rejected)]
    [InlineData(409, WebhookVerdict.Delivered)]
    [InlineData(404, WebhookVerdict.Gone)]
    [InlineData(503, WebhookVerdict.Rejected)]
    [InlineData(500, WebhookVerdict.ReceiverFailed)]
    public void Judge_StatusesOfTheRule_GoBeforeTheTable(int status, WebhookVerdict expected)
    {
        var rule = new WebhookResponseRule
        {
            SuccessStatuses = [201, 202],
            Statuses = new Dictionary<int, WebhookVerdict>
            {
                [409] = WebhookVerdict.Delivered,
                [404] = WebhookVerdict.Gone,
                [503] = WebhookVerdict.Rejected,
            },
        };

        Assert.Equal(expected, rule.Judge(new WebhookAnswer(status, "")));
    }

    [Fact]
    public void Judge_SeveralBodyRules_TheFirstThatAppliesDecides()
    {
        var rule = new WebhookResponseRule
        {
            Body =
            [
                WebhookBodyRule.WhenJson("code", "1", WebhookVerdict.Throttled),
                WebhookBodyRule.WhenJson("kind", "a", WebhookVerdict.Gone),
                WebhookBodyRule.UnlessJson("ok", "true"),
            ],
        };

        Assert.Equal(WebhookVerdict.Throttled, rule.Judge(new WebhookAnswer(400, """{"kind":"a","code":1}""")));
        Assert.Equal(WebhookVerdict.Gone, rule.Judge(new WebhookAnswer(200, """{"kind":"a","code":2}""")));
        Assert.Equal(WebhookVerdict.Rejected, rule.Judge(new WebhookAnswer(200, """{"ok":false}""")));
        Assert.Equal(WebhookVerdict.Delivered, rule.Judge(new WebhookAnswer(200, """{"ok":true}""")));
        Assert.Equal(WebhookVerdict.ReceiverFailed, rule.Judge(new WebhookAnswer(500, """{"ok":true}""")));
    }

    [Fact]
    public void Judge_Code_HasTheLastWordAndSeesEverything()
    {
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("X-State", "full");
        var rule = new WebhookResponseRule
        {
            Decide = static (in answer, verdict) =>
                answer is { StatusCode: 200, IsComplete: false, Text: "x" } && answer.Header("x-state") == "full" && verdict == WebhookVerdict.Delivered
                    ? WebhookVerdict.Throttled
                    : verdict,
        };

        Assert.Equal(WebhookVerdict.Throttled, rule.Judge(new WebhookAnswer(200, message.Headers, "x", isComplete: false)));
        Assert.Equal(WebhookVerdict.Rejected, rule.Judge(new WebhookAnswer(400, message.Headers, "x", isComplete: false)));
    }

    [Fact]
    public void Judge_CodeThatThrowsOrMakesNoSense_IsUndecided()
    {
        var throws = new WebhookResponseRule { Decide = static (in answer, _) => answer.Text[5] == 'a' ? WebhookVerdict.Gone : WebhookVerdict.Delivered };
        var nonsense = new WebhookResponseRule { Decide = static (in _, _) => (WebhookVerdict)99 };

        Assert.Equal(WebhookVerdict.Undecided, throws.Judge(new WebhookAnswer(200, "")));
        Assert.Equal(WebhookVerdict.Undecided, nonsense.Judge(new WebhookAnswer(200, "")));
        Assert.Equal(WebhookVerdict.Delivered, WebhookResponseRule.Default.Judge(new WebhookAnswer(200, "")));
    }

    [Theory]
    [InlineData("""{"retry_after":1.25}""", 1.25)]
    [InlineData("""{"message":"slow","retry_after":65,"global":false}""", 65.0)]
    [InlineData("""{"retry_after":"7"}""", 7.0)]
    [InlineData("""{"retry_after":1772366430}""", 30.0)]
    [InlineData("""{"retry_after":99999999999999}""", 86_400.0)]
    [InlineData("""{"retry_after":3,"cut":"o""", 3.0)]
    [InlineData("""{"retry_after":3""", null)]
    [InlineData("""{"retry_after":-3}""", null)]
    [InlineData("""{"retry_after":null}""", null)]
    [InlineData("""{"retry_after":[3]}""", null)]
    [InlineData("""{"retry":3}""", null)]
    [InlineData("3", null)]
    [InlineData("", null)]
    public void ReadWait_MemberOfTheBody_IsReadInSecondsWithACap(string body, double? seconds)
    {
        var rule = new WebhookResponseRule { WaitMember = "retry_after" };
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(seconds, rule.ReadWait(new WebhookAnswer(429, body), now)?.TotalSeconds);
        Assert.Null(WebhookResponseRule.Default.ReadWait(new WebhookAnswer(429, body), now));
    }

    [Fact]
    public void ReadWait_HeadersOfTheRule_AreReadInTheirOrder()
    {
        using var message = new HttpResponseMessage();
        message.Headers.TryAddWithoutValidation("Retry-After", "5");
        message.Headers.TryAddWithoutValidation("X-RateLimit-Reset", "1772366430");
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var rule = new WebhookResponseRule { WaitHeaders = ["X-Wait", "X-RateLimit-Reset", "Retry-After"], WaitMember = "w" };

        Assert.Equal(TimeSpan.FromSeconds(30), rule.ReadWait(new WebhookAnswer(429, message.Headers, """{"w":1}""", isComplete: true), now));
        Assert.Equal(TimeSpan.FromSeconds(1), rule.ReadWait(new WebhookAnswer(429, """{"w":1}"""), now));
    }

    [Fact]
    public void Make_WhatMakesNoSense_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WebhookResponseRule { SuccessStatuses = [199] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WebhookResponseRule { SuccessStatuses = [300] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WebhookResponseRule { Statuses = new Dictionary<int, WebhookVerdict> { [99] = WebhookVerdict.Gone } });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WebhookResponseRule { Statuses = new Dictionary<int, WebhookVerdict> { [400] = (WebhookVerdict)99 } });
        Assert.Throws<ArgumentNullException>(() => new WebhookResponseRule { Body = [null!] });
        Assert.Throws<ArgumentNullException>(() => new WebhookResponseRule { WaitHeaders = null! });
        Assert.Throws<ArgumentException>(() => new WebhookResponseRule { WaitHeaders = [""] });
        Assert.Throws<ArgumentException>(() => new WebhookResponseRule { WaitMember = "a..b" });
        Assert.Throws<ArgumentNullException>(() => new WebhookAnswer(200, null!));
    }

    // Fixed seeds: a failure names the body that made it.
    [Fact]
    public void Judge_AnyBodyWhatever_NeverThrows()
    {
        WebhookResponseRule[] rules =
        [
            SkalinResponseRule.Instance, HarmonyResponseRule.Of(treatUnconfirmedAsRejected: true), .. WebhookPresets.All.Select(preset => preset.Rule),
            new WebhookResponseRule { Body = [WebhookBodyRule.WhenText("", WebhookVerdict.Gone), WebhookBodyRule.UnlessJson("a.b.c", "1")], WaitMember = "a.b.c" },
        ];
        string[] seeds =
        [
            "ok", "200", "", """{"success":true,"errors":[{"statusCode":"OPERATION_ENQUEUED"}]}""", """{"error":{"code":613,"message":"\ud800 \u00e9"}}""",
            """{"a":{"b":{"c":1}},"a":[{}],"retry_after":1.5}""", """{"status":"error","code":1e400}""", "\uFEFF{\"code\":\"0\"}", "\ud800{\"\udfff\":\"\0\"}",
        ];
        var random = new Random(20260301);
        int[] statuses = [100, 200, 201, 204, 301, 400, 404, 409, 410, 429, 500, 999];

        for (int i = 0; i < 20_000; i++)
        {
            string body = Mutate(seeds[i % seeds.Length], random);
            int status = statuses[random.Next(statuses.Length)];

            foreach (WebhookResponseRule rule in rules)
            {
                foreach (bool isComplete in new[] { true, false })
                {
                    Exception? thrown = Record.Exception(() =>
                    {
                        var answer = new WebhookAnswer(status, headers: null, body, isComplete);
                        Assert.True(Enum.IsDefined(rule.Judge(answer)));
                        Assert.True(rule.ReadWait(answer, DateTimeOffset.UnixEpoch) is null or { TotalHours: >= 0 and <= 24 });
                    });

                    Assert.True(thrown is null, $"{status} '{body}' {isComplete}: {thrown}");
                }
            }
        }
    }

    private static string Mutate(string seed, Random random)
    {
        const string Alphabet = "{}[]\",:.0123456789eE+-truefalsn \\u\ud83d\uFEFF\0é";
        var text = new StringBuilder(seed);

        for (int edits = random.Next(6); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1);

            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                case 1 when at < text.Length:
                    text.Remove(at, 1);
                    break;
                case 2:
                    text.Length = at;
                    break;
                default:
                    text.Insert(at, new string(Alphabet[random.Next(Alphabet.Length)], random.Next(100)));
                    break;
            }
        }

        return text.ToString();
    }
}
