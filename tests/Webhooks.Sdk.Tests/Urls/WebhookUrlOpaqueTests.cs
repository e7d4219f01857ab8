using System;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class WebhookUrlOpaqueTests
{
    [Theory]
    [InlineData("https://prod-1.logic.example/run?sig=a%2Fb")]
    [InlineData("https://h.example:8443/%41%7e/a/../b/a%2e%2e")]
    [InlineData("http://[::1]:8080/x")]
    [InlineData("http://h/@")]
    public void Opaque_VisibleAscii_IsKept(string text)
    {
        Uri url = WebhookUrl.Opaque(text);

        Assert.Equal(text, url.AbsoluteUri);
        Assert.Equal(text, ReceiverUrl.Describe(url) + url.PathAndQuery);
    }

    [Theory]
    [InlineData("https://h.example/secret é")]
    [InlineData("https://h.example/secreté")]
    [InlineData("https://h.example/secret b")]
    [InlineData("https://h.example/secret\tb")]
    [InlineData("https://h.example/secret\r\nHost: x")]
    [InlineData("https://h.example/secret\u0000")]
    [InlineData("https://h.example/secret\u007F")]
    [InlineData(" https://h.example/secret")]
    [InlineData("https://h.example/secret ")]
    [InlineData("https://h.example/secret#")]
    [InlineData("https://h.example/secret#f")]
    [InlineData("https://h.example/?secret#f")]
    [InlineData("https://h.example#secret")]
    [InlineData("https://bücher.example/secret")]
    [InlineData("https://h.example?secret")]
    [InlineData("https://h.example")]
    [InlineData("http://[::1]secret/")]
    [InlineData("http://h\\secret")]
    [InlineData("https://secret@h.example/")]
    [InlineData("https://@h.example/secret")]
    [InlineData("ftp://h.example/secret")]
    [InlineData("/secret")]
    [InlineData("secret")]
    [InlineData("http://[fe80::1%25secret]/")]
    [InlineData("http://h:0/secret")]
    [InlineData("http://a..b/secret")]
    [InlineData("")]
    public void Opaque_WhatWouldNotArrive_ThrowsWithoutShowingIt(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => WebhookUrl.Opaque(text));

        Assert.Equal("url", exception.ParamName);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opaque_LongHostLabel_Throws()
    {
        Assert.Throws<ArgumentException>("url", () => WebhookUrl.Opaque($"https://{new string('a', 64)}.example/"));
    }

    [Fact]
    public void Opaque_UpToTheLimit_IsAcceptedAndOneMoreIsNot()
    {
        string fits = "https://h.example/".PadRight(ReceiverUrl.MaxLength, 'a');

        var exception = Assert.Throws<ArgumentException>("url", () => WebhookUrl.Opaque(fits + "a"));

        Assert.Equal(fits, WebhookUrl.Opaque(fits).AbsoluteUri);
        Assert.Contains("8,193", exception.Message, StringComparison.Ordinal);
        Assert.Contains("8,192", exception.Message, StringComparison.Ordinal);
    }
}
