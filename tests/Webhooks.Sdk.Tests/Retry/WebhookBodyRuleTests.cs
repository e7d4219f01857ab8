using System;
using Xunit;

namespace Webhooks.Sdk.Tests.Retry;

public sealed class WebhookBodyRuleTests
{
    [Theory]
    [InlineData("ok", true, WebhookVerdict.Delivered)]
    [InlineData(" ok\r\n", true, WebhookVerdict.Delivered)]
    [InlineData("OK", true, WebhookVerdict.Rejected)]
    [InlineData("okay", true, WebhookVerdict.Rejected)]
    [InlineData("o", true, WebhookVerdict.Rejected)]
    [InlineData("", true, WebhookVerdict.Rejected)]
    [InlineData("ok", false, WebhookVerdict.Undecided)]
    [InlineData("ok \n", false, WebhookVerdict.Undecided)]
    [InlineData("o", false, WebhookVerdict.Undecided)]
    [InlineData("", false, WebhookVerdict.Undecided)]
    [InlineData("no_text", false, WebhookVerdict.Rejected)]
    [InlineData("okay", false, WebhookVerdict.Rejected)]
    public void UnlessText_OfASuccess_DemandsTheWholeText(string body, bool isComplete, WebhookVerdict expected)
    {
        var rule = new WebhookResponseRule { Body = [WebhookBodyRule.UnlessText("ok")] };

        Assert.Equal(expected, rule.Judge(new WebhookAnswer(200, headers: null, body, isComplete)));
        Assert.Equal(WebhookVerdict.Throttled, rule.Judge(new WebhookAnswer(429, headers: null, body, isComplete)));
    }

    [Theory]
    [InlineData("""{"success":true}""", true, WebhookVerdict.Delivered)]
    [InlineData("""{"success":"TRUE","errors":[1]}""", true, WebhookVerdict.Delivered)]
    [InlineData("""{"success":true,"errors":[{"cut":""", false, WebhookVerdict.Delivered)]
    [InlineData("""{"success":false,"errors":[{"cut":""", false, WebhookVerdict.Gone)]
    [InlineData("""{"success":true,"success":false}""", true, WebhookVerdict.Gone)]
    [InlineData("""{"success":[true]}""", true, WebhookVerdict.Gone)]
    [InlineData("""{"data":{"success":true}}""", true, WebhookVerdict.Gone)]
    [InlineData("""[{"success":true}]""", true, WebhookVerdict.Gone)]
    [InlineData("true", true, WebhookVerdict.Gone)]
    [InlineData("", true, WebhookVerdict.Gone)]
    [InlineData("""{"id":"1","succ""", false, WebhookVerdict.Undecided)]
    [InlineData("""{"success":tru""", false, WebhookVerdict.Undecided)]
    [InlineData("", false, WebhookVerdict.Undecided)]
    public void UnlessJson_OfASuccess_DemandsTheMember(string body, bool isComplete, WebhookVerdict expected)
    {
        var rule = new WebhookResponseRule { Body = [WebhookBodyRule.UnlessJson("success", "true", WebhookVerdict.Gone)] };

        Assert.Equal(expected, rule.Judge(new WebhookAnswer(201, headers: null, body, isComplete)));
        Assert.Equal(WebhookVerdict.Rejected, rule.Judge(new WebhookAnswer(400, headers: null, body, isComplete)));
    }

    [Theory]
    [InlineData("""{"error":{"code":613}}""", true, true)]
    [InlineData("""{"error":{"code":"613"}}""", true, true)]
    [InlineData("""{"a":{"code":1},"error":{"x":[{}],"code":613}}""", true, true)]
    [InlineData("""{"error":{"code":1},"error":{"code":613}}""", true, true)]
    [InlineData("""{"error":{"code":613,"message":"cut o""", false, true)]
    [InlineData("""{"error":{"code":613""", false, false)]
    [InlineData("""{"error":{"code":6131}}""", true, false)]
    [InlineData("""{"error":{"code":[613]}}""", true, false)]
    [InlineData("""{"code":613}""", true, false)]
    [InlineData("""{"error":613}""", true, false)]
    [InlineData("""{"error":[{"code":613}]}""", true, false)]
    public void WhenJson_OfAnyStatus_AddsToIt(string body, bool isComplete, bool applies)
    {
        var rule = new WebhookResponseRule { Body = [WebhookBodyRule.WhenJson("error.code", "613", WebhookVerdict.Throttled)] };

        Assert.Equal(applies ? WebhookVerdict.Throttled : WebhookVerdict.Delivered, rule.Judge(new WebhookAnswer(200, headers: null, body, isComplete)));
        Assert.Equal(applies ? WebhookVerdict.Throttled : WebhookVerdict.Rejected, rule.Judge(new WebhookAnswer(400, headers: null, body, isComplete)));
    }

    [Theory]
    [InlineData(200, "busy", true, WebhookVerdict.ReceiverFailed)]
    [InlineData(400, " busy ", true, WebhookVerdict.ReceiverFailed)]
    [InlineData(200, "busy", false, WebhookVerdict.Delivered)]
    [InlineData(200, "Busy", true, WebhookVerdict.Delivered)]
    public void WhenText_OfAnyStatus_AddsToIt(int status, string body, bool isComplete, WebhookVerdict expected)
    {
        var rule = new WebhookResponseRule { Body = [WebhookBodyRule.WhenText("busy", WebhookVerdict.ReceiverFailed)] };

        Assert.Equal(expected, rule.Judge(new WebhookAnswer(status, headers: null, body, isComplete)));
    }

    [Fact]
    public void OnSuccess_OfAFailure_LeavesItAlone()
    {
        var rule = new WebhookResponseRule { Body = [WebhookBodyRule.WhenText("x", WebhookVerdict.Gone).OnSuccess()] };

        Assert.Equal(WebhookVerdict.Gone, rule.Judge(new WebhookAnswer(200, "x")));
        Assert.Equal(WebhookVerdict.Rejected, rule.Judge(new WebhookAnswer(400, "x")));
    }

    [Fact]
    public void Make_WhatMakesNoSense_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => WebhookBodyRule.UnlessText(null!));
        Assert.Throws<ArgumentNullException>(() => WebhookBodyRule.UnlessJson("a", null!));
        Assert.Throws<ArgumentException>(() => WebhookBodyRule.UnlessJson("", "1"));
        Assert.Throws<ArgumentException>(() => WebhookBodyRule.WhenJson("a.", "1", WebhookVerdict.Gone));
        Assert.Contains("1 to 8 names", Assert.Throws<ArgumentException>(() => WebhookBodyRule.UnlessJson("a.b.c.d.e.f.g.h.i", "1")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => WebhookBodyRule.WhenText("a", (WebhookVerdict)99));
    }
}
