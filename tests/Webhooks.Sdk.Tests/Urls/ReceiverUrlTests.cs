using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class ReceiverUrlTests
{
    private static readonly UriCreationOptions AsItStands = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [Theory]
    [InlineData("https://h.example/a?b=c", "https://h.example/a?b=c")]
    [InlineData("HTTP://H.example", "http://h.example/")]
    [InlineData("https://h.example/%41/../é b", "https://h.example/%C3%A9%20b")]
    [InlineData(" https://h.example/a ", "https://h.example/a")]
    [InlineData("http://a_b.local:8080/", "http://a_b.local:8080/")]
    [InlineData("http://h.example/@?@", "http://h.example/@?@")]
    [InlineData("http://xn--a/", "http://xn--a/")]
    [InlineData("http://127.0.0.1./", "http://127.0.0.1./")]
    [InlineData("http://1.2.3.4.5/", "http://1.2.3.4.5/")]
    [InlineData("http://h/😀", "http://h/%F0%9F%98%80")]
    public void Accept_CallableUrl_IsParsedAsUriDoes(string text, string expected)
    {
        Assert.Equal(expected, ReceiverUrl.Accept(text, "url").AbsoluteUri);
        Assert.Equal(expected, ReceiverUrl.Accept(new Uri(text), "url").AbsoluteUri);
    }

    [Fact]
    public void Accept_HostOfCircledDigits_IsLeftToTheJudgeOfAddresses()
    {
        Uri url = ReceiverUrl.Accept("http://①②⑦.⓪.⓪.①/", "url");

        Assert.Equal("127.0.0.1", url.IdnHost);
        Assert.Equal("http://127.0.0.1", ReceiverUrl.Describe(url));
    }

    [Theory]
    [InlineData("/secret")]
    [InlineData("secret")]
    [InlineData("//h.example/secret")]
    [InlineData("http:secret")]
    [InlineData("http:/secret")]
    [InlineData("http://")]
    [InlineData("http://:80/secret")]
    [InlineData("file:///secret")]
    [InlineData("ftp://h.example/secret")]
    [InlineData("mailto:secret@h.example")]
    [InlineData("javascript:secret")]
    [InlineData("http://secret@h.example/")]
    [InlineData("http://secret:secret@h.example/")]
    [InlineData("http://@h.example/secret")]
    [InlineData("http://:@h.example/secret")]
    [InlineData("http://h.example/#secret")]
    [InlineData("http://h.example/secret#")]
    [InlineData("http://h.example#")]
    [InlineData("http://[fe80::1%25secret]/")]
    [InlineData("http://[fe80::1%secret]/")]
    [InlineData("http://h.example:0/secret")]
    [InlineData("http://h.example:65536/secret")]
    [InlineData("http://h.example/secret\r\n")]
    [InlineData("http://h.example/sec\u0000ret")]
    [InlineData("http://h.example/sec\u0085ret")]
    [InlineData("http://a..b/secret")]
    [InlineData("http://./secret")]
    [InlineData("http://a b/secret")]
    [InlineData("http://a%2eb/secret")]
    [InlineData("http://xn--é/secret")]
    [InlineData("http://xn--０.example/secret")]
    [InlineData("http://\u00AD/secret")]
    [InlineData("http://\u200D/secret")]
    [InlineData("http://\u200B.example/secret")]
    [InlineData("http://\u0300.example/secret")]
    [InlineData("http://a\uFF0Fb/secret")]
    [InlineData("http://\uFF05\uFF14\uFF11.com/secret")]
    [InlineData("\t")]
    [InlineData("")]
    public void Accept_WhatCannotBeCalled_ThrowsWithoutShowingIt(string text)
    {
        var exception = Assert.Throws<ArgumentException>(() => ReceiverUrl.Accept(text, "callback"));

        Assert.Equal("callback", exception.ParamName);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);

        if (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? parsed))
        {
            Assert.Throws<ArgumentException>("callback", () => ReceiverUrl.Accept(parsed, "callback"));
        }
    }

    [Fact]
    public void Accept_HalfOfASurrogatePair_Throws()
    {
        // Not in the table above: attributes hold UTF-8, which has no lone surrogates.
        foreach (string text in new[] { "http://h.example/secret\uD83D", "http://h.example/\uDE00secret", "http://h.example/?\uD83Dsecret" })
        {
            var exception = Assert.Throws<ArgumentException>("url", () => ReceiverUrl.Accept(text, "url"));

            Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>("url", () => ReceiverUrl.Accept(new Uri(text), "url"));
        }
    }

    [Fact]
    public void Accept_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("url", () => ReceiverUrl.Accept((string)null!, "url"));
        Assert.Throws<ArgumentNullException>("url", () => ReceiverUrl.Accept((Uri)null!, "url"));
        Assert.Throws<ArgumentNullException>("url", () => ReceiverUrl.AcceptOpaque(null!, "url"));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Accept_LabelOfTheHost_HasAtMost63Characters(int length, bool accepted)
    {
        Assert.Equal(accepted, IsAccepted($"http://{new string('a', length)}.example/"));
        Assert.Equal(accepted, IsAccepted($"http://example.{new string('a', length)}./"));
    }

    [Fact]
    public void Accept_LabelThatGrowsTooLongInItsIdnForm_Throws()
    {
        Assert.True(IsAccepted($"http://{new string('é', 20)}.example/"));
        Assert.False(IsAccepted($"http://{string.Concat(Enumerable.Range(0, 40).Select(i => (char)('\u4E00' + (i * 97))))}.example/"));
    }

    [Theory]
    [InlineData(253, "", true)]
    [InlineData(253, ".", true)]
    [InlineData(254, "", false)]
    [InlineData(299, "", false)]
    public void Accept_Host_HasAtMost253Characters(int length, string end, bool accepted)
    {
        string host = string.Concat(Enumerable.Repeat(new string('a', 49) + ".", 6))[..length];
        Assert.False(host.EndsWith('.'));

        Assert.Equal(accepted, IsAccepted($"http://{host}{end}/"));
    }

    [Fact]
    public void Accept_Length_IsCountedEscaped()
    {
        string fits = "http://h.example/".PadRight(ReceiverUrl.MaxLength, 'a');
        string escapedTooLong = "http://h.example/" + new string('é', 2000);

        var exception = Assert.Throws<ArgumentException>(() => ReceiverUrl.Accept(escapedTooLong, "url"));

        Assert.Equal(fits, ReceiverUrl.Accept(fits, "url").AbsoluteUri);
        Assert.False(IsAccepted(fits + "a"));
        Assert.Contains("12,017", exception.Message, StringComparison.Ordinal);
        Assert.Contains("8,192", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://h.example/a%2e%2e/../b?sig=a%2Fb", true)]
    [InlineData("http://h.example/", true)]
    [InlineData("http://h.example", false)]
    [InlineData("http://h.example?a", false)]
    [InlineData("http://h.example/a b", false)]
    [InlineData("http://h.example/é", false)]
    [InlineData("http://h.example/a#b", false)]
    [InlineData("http://h.example/?a#b", false)]
    [InlineData("http://h.example#b", false)]
    [InlineData("http://[::1]x/", false)]
    public void Accept_UriThatSomeoneMadeWithoutCanonicalization_IsCheckedToo(string text, bool accepted)
    {
        Assert.True(Uri.TryCreate(text, AsItStands, out Uri? url));

        ArgumentException? refusal = Record.Exception(() => ReceiverUrl.Accept(url, "url")) as ArgumentException;

        Assert.Equal(accepted, refusal is null);
    }

    [Theory]
    [InlineData("https://h.example/secret?secret", "https://h.example")]
    [InlineData("https://h.example:443/secret", "https://h.example")]
    [InlineData("http://h.example:443/secret", "http://h.example:443")]
    [InlineData("http://secret:secret@h.example/", "http://h.example")]
    [InlineData("https://bücher.example:8443/secret", "https://xn--bcher-kva.example:8443")]
    [InlineData("http://[2001:DB8::1]:8080/secret", "http://[2001:db8::1]:8080")]
    [InlineData("http://[::1]/", "http://[::1]")]
    [InlineData("http://\u200D/secret", "http://(invalid host)")]
    [InlineData("secret", "(relative URL)")]
    public void Describe_AnyUrl_SaysWhereItLeadsOnly(string text, string expected)
    {
        Assert.Equal(expected, ReceiverUrl.Describe(new Uri(text, UriKind.RelativeOrAbsolute)));
    }

    [Theory]
    [InlineData("https://bücher.example:8443/é b?c=%41#", false)]
    [InlineData("https://bücher.example:8443/é b?c=%41", true)]
    [InlineData("http://[::1]", true)]
    public void AcceptOpaque_WhatAcceptTook_RestoresTheSameTarget(string text, bool accepted)
    {
        Assert.Equal(accepted, IsAccepted(text));

        if (accepted)
        {
            Uri url = ReceiverUrl.Accept(text, "url");
            Uri restored = ReceiverUrl.AcceptOpaque(ReceiverUrl.Describe(url) + url.PathAndQuery, "url");

            Assert.Equal(url.PathAndQuery, restored.PathAndQuery);
            Assert.Equal(url.IdnHost, restored.IdnHost);
        }
    }

    [Fact]
    public async Task Accept_RandomHosts_AcceptsNoneAtWhichTheClientThrows()
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = (_, _) => ValueTask.FromResult<System.IO.Stream>(new SwallowingStream()),
        };
        using var client = new HttpClient(handler);
        var random = new Random(7);
        const string Alphabet = "aaabz019--._%xn!é\u00AD\u00DF\u0130\u0300\u05D0\u0661\u200B\u200D\u2024\u2044\u2460\u24EA\u3002\uFF05\uFF0E\uFF0F\uFF14\uFF11\uFF20\uFF61\u4E00";
        int parsed = 0;
        int accepted = 0;

        for (int i = 0; i < 6000; i++)
        {
            string host = (random.Next(4) == 0 ? "xn--" : "") + random.GetString(Alphabet, random.Next(1, random.Next(10) == 0 ? 90 : 7));
            if (!Uri.TryCreate($"http://{host}/", UriKind.Absolute, out Uri? url))
            {
                continue;
            }

            parsed++;
            if (Record.Exception(() => ReceiverUrl.Accept(url, "url")) is { } refusal)
            {
                Assert.IsType<ArgumentException>(refusal);
                continue;
            }

            accepted++;
            using HttpResponseMessage response = await client.GetAsync(url);
            Assert.Equal(204, (int)response.StatusCode);
        }

        Assert.InRange(accepted, 500, parsed - 100);
    }

    [Fact]
    public void Describe_InAnyCulture_WritesThePortInDigits()
    {
        using var scope = new CultureScope("ar-SA");

        Assert.Equal("http://h.example:8080", ReceiverUrl.Describe(new Uri("http://h.example:8080/")));
        Assert.Contains("8,192", Assert.Throws<ArgumentException>(() => ReceiverUrl.Accept(new string('a', 9000), "url")).Message, StringComparison.Ordinal);
    }

    private static bool IsAccepted(string text) => Record.Exception(() => ReceiverUrl.Accept(text, "url")) is not ArgumentException;
}
