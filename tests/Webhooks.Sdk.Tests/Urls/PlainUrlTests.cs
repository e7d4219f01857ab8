using System;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class PlainUrlTests
{
    [Theory]
    [InlineData("https://h.example", 17)]
    [InlineData("https://h.example/", 17)]
    [InlineData("http://localhost:8080/Dhs_Divalto-Service~1//x/", 21)]
    [InlineData("http://h:65535/x", 14)]
    public void TryFindPath_PlainUrl_FindsIt(string url, int expected)
    {
        Assert.True(PlainUrl.TryFindPath(url, out int pathStart));

        Assert.Equal(expected, pathStart);
    }

    [Theory]
    [InlineData("")]
    [InlineData("http:")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://.")]
    [InlineData("http://a..b")]
    [InlineData("http://h.")]
    [InlineData("http://h:")]
    [InlineData("http://h:0")]
    [InlineData("http://h:080")]
    [InlineData("http://h:80")]
    [InlineData("https://h:443")]
    [InlineData("http://h:65536")]
    [InlineData("http://h:+1")]
    [InlineData("http://h:1:2")]
    [InlineData("http://1.2.3.4")]
    [InlineData("http://0x7f.1")]
    [InlineData("http://[::1]")]
    [InlineData("http://H")]
    [InlineData("HTTP://h")]
    [InlineData("http://a_b")]
    [InlineData("http://-a.b")]
    [InlineData("http://0.-.a")]
    [InlineData("http://u@h")]
    [InlineData("http://h/a.b")]
    [InlineData("http://h/%41")]
    [InlineData("http://h?a")]
    [InlineData("http://h/a?b")]
    [InlineData("http://h/a#b")]
    [InlineData("http://é")]
    [InlineData("http://h/é")]
    [InlineData(" http://h")]
    [InlineData("ftp://h")]
    public void TryFindPath_AnyOther_LeavesItToUri(string url)
    {
        Assert.False(PlainUrl.TryFindPath(url, out _));
    }

    [Fact]
    public void TryFindPath_RandomUrls_AgreesWithUriOnWhateverItTakes()
    {
        var random = new Random(11);
        int taken = 0;

        for (int i = 0; i < 20_000; i++)
        {
            string url = (random.Next(2) == 0 ? "http://" : "https://") + random.GetString("aabx0-.", random.Next(1, 12))
                + (random.Next(2) == 0 ? ":" + random.GetString("0134568", random.Next(1, 6)) : "")
                + (random.Next(2) == 0 ? "/" + random.GetString("aZ9-_~/", random.Next(0, 8)) : "");

            if (!PlainUrl.TryFindPath(url, out int pathStart))
            {
                continue;
            }

            taken++;
            Uri parsed = ReceiverUrl.Accept(url, nameof(url));
            Assert.Equal(url[..pathStart], ReceiverUrl.Describe(parsed));
            Assert.Equal(pathStart == url.Length ? "/" : url[pathStart..], parsed.PathAndQuery);
        }

        Assert.InRange(taken, 1000, 19_000);
    }
}
