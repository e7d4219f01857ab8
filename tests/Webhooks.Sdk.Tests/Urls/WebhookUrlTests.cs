using System;
using System.Buffers;
using System.Linq;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class WebhookUrlTests
{
    private const string Code = "MONWEBHOOKACADEMY123456789012363F53";

    [Fact]
    public void Build_HarmonyOnPremises_IsTheUrlOfTheDocument()
    {
        Uri url = WebhookUrl.For("http://localhost:8080/DhsDivaltoServiceDivaApiRest")
            .Path("api/v1/WebHook").Code(Code).Query("dos", 998).Query("refreshCustomer", "C0000001").Build();

        Assert.Equal(
            "http://localhost:8080/DhsDivaltoServiceDivaApiRest/api/v1/WebHook/MONWEBHOOKACADEMY123456789012363F53?dos=998&refreshCustomer=C0000001",
            url.AbsoluteUri);
        Assert.Equal(url.AbsoluteUri, url.OriginalString);
    }

    [Theory]
    [InlineData("https://h.example", "https://h.example/x")]
    [InlineData("https://h.example/", "https://h.example/x")]
    [InlineData("https://h.example///", "https://h.example/x")]
    [InlineData("https://h.example/a/", "https://h.example/a/x")]
    [InlineData("https://h.example/a//", "https://h.example/a/x")]
    [InlineData("https://h.example/a//b", "https://h.example/a//b/x")]
    [InlineData("https://h.example/a.b/%C3%A9", "https://h.example/a.b/%C3%A9/x")]
    [InlineData("https://h.example/é", "https://h.example/%C3%A9/x")]
    [InlineData("https://h.example/%41", "https://h.example/A/x")]
    [InlineData("https://h.example/a/../b", "https://h.example/b/x")]
    [InlineData("HTTPS://H.Example/A", "https://h.example/A/x")]
    [InlineData("https://h:443/", "https://h/x")]
    [InlineData("http://h:80", "http://h/x")]
    [InlineData("http://h:443", "http://h:443/x")]
    [InlineData("https://h:80", "https://h:80/x")]
    [InlineData("http://h:08080", "http://h:8080/x")]
    [InlineData("http://h:", "http://h/x")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example/x")]
    [InlineData("https://日本語.example:8443/a", "https://xn--wgv71a119e.example:8443/a/x")]
    [InlineData("http://[::1]:8080/a", "http://[::1]:8080/a/x")]
    [InlineData("http://[2001:DB8:0:0::1]", "http://[2001:db8::1]/x")]
    [InlineData("http://2130706433", "http://127.0.0.1/x")]
    [InlineData("http://0x7f.1", "http://127.0.0.1/x")]
    [InlineData("http://①②⑦.⓪.⓪.①/", "http://127.0.0.1/x")]
    [InlineData("http://my_host.local", "http://my_host.local/x")]
    [InlineData("http://h.example.", "http://h.example./x")]
    public void For_AnyBase_KeepsItsPathAndWritesItsHostInAscii(string baseUrl, string expected)
    {
        Uri fromText = WebhookUrl.For(baseUrl).Path("x").Build();
        Uri fromUri = WebhookUrl.For(new Uri(baseUrl)).Path("x").Build();

        Assert.Equal(expected, fromText.AbsoluteUri);
        Assert.Equal(expected, fromText.OriginalString);
        Assert.Equal(expected, fromUri.OriginalString);
    }

    [Theory]
    [InlineData("https://h.example?a=b")]
    [InlineData("https://h.example/?")]
    [InlineData("https://h.example?")]
    [InlineData("https://h.example/x#")]
    [InlineData("https://h.example/x#y")]
    [InlineData("https://user:secret@h.example/")]
    [InlineData("https://@h.example/")]
    [InlineData("ftp://h.example/")]
    [InlineData("file:///x")]
    [InlineData("/relative")]
    [InlineData("h.example/x")]
    [InlineData("https://")]
    [InlineData("https:///x")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://[fe80::1%eth0]/")]
    [InlineData("http://h:0/")]
    [InlineData("http://h:65536/")]
    [InlineData("")]
    [InlineData("  ")]
    public void For_UnusableBase_Throws(string baseUrl)
    {
        var exception = Assert.Throws<ArgumentException>(() => WebhookUrl.For(baseUrl));

        Assert.Equal("baseUrl", exception.ParamName);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("baseUrl", () => WebhookUrl.For((string)null!));
        Assert.Throws<ArgumentNullException>("baseUrl", () => WebhookUrl.For((Uri)null!));
        Assert.Throws<ArgumentException>("baseUrl", () => WebhookUrl.For(new Uri("relative", UriKind.Relative)));
        Assert.Throws<ArgumentException>("baseUrl", () => WebhookUrl.For(new Uri("https://h/?a=b")));
    }

    [Fact]
    public void Build_NothingAppended_IsTheBaseWithAPath()
    {
        Assert.Equal("https://h.example/", WebhookUrl.For("https://h.example").Build().AbsoluteUri);
        Assert.Equal("https://h.example/a", WebhookUrl.For("https://h.example/a/").Build().AbsoluteUri);
        Assert.Equal("https://h.example/?a=1", WebhookUrl.For("https://h.example").Query("a", 1).Build().AbsoluteUri);
    }

    [Theory]
    [InlineData("a", "/b/a")]
    [InlineData("/a", "/b/a")]
    [InlineData("a/b", "/b/a/b")]
    [InlineData("a/", "/b/a/")]
    [InlineData("a b", "/b/a%20b")]
    [InlineData("a+b", "/b/a%2Bb")]
    [InlineData("%20", "/b/%2520")]
    [InlineData("a?b=c#d", "/b/a%3Fb%3Dc%23d")]
    [InlineData("!*'()", "/b/%21%2A%27%28%29")]
    [InlineData("é€😀", "/b/%C3%A9%E2%82%AC%F0%9F%98%80")]
    [InlineData("-._~", "/b/-._~")]
    [InlineData("...", "/b/...")]
    [InlineData("%2E%2E", "/b/%252E%252E")]
    public void Path_AnySegments_EscapesEach(string path, string expected)
    {
        Uri url = WebhookUrl.For("https://h.example/b").Path(path).Build();

        Assert.Equal(expected, url.AbsolutePath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//a")]
    [InlineData("a//b")]
    [InlineData("a//")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/.")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0085b")]
    public void Path_SegmentThatWouldNotArrive_Throws(string text)
    {
        WebhookUrl url = WebhookUrl.For("https://h.example/b");

        Assert.Throws<ArgumentException>("path", () => url.Path("kept").Path(text));

        Assert.Equal("https://h.example/b/kept", url.Build().AbsoluteUri);
    }

    [Theory]
    [InlineData(Code, "/" + Code)]
    [InlineData("a b", "/a%20b")]
    [InlineData("a+b&c=d#e?f%g!*'()", "/a%2Bb%26c%3Dd%23e%3Ff%25g%21%2A%27%28%29")]
    [InlineData("%2E%2E", "/%252E%252E")]
    [InlineData("...", "/...")]
    [InlineData("clé", "/cl%C3%A9")]
    public void Code_AnyText_IsOneEscapedSegment(string code, string expected)
    {
        Assert.Equal(expected, WebhookUrl.For("https://h.example").Code(code).Build().AbsolutePath);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" SECRET")]
    [InlineData("SECRET ")]
    [InlineData("SECRET\u00A0")]
    [InlineData("SECRET\n")]
    [InlineData("SEC\tRET")]
    [InlineData("SEC\u0000RET")]
    [InlineData("SEC\u0085RET")]
    [InlineData("SEC/RET")]
    [InlineData("SEC\\RET")]
    [InlineData(".")]
    [InlineData("..")]
    public void Code_TextThatWouldNotArrive_ThrowsWithoutShowingIt(string code)
    {
        var exception = Assert.Throws<ArgumentException>(() => WebhookUrl.For("https://h.example").Code(code));

        Assert.Equal("code", exception.ParamName);
        Assert.DoesNotContain("SEC", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_InAnyOrder_KeepsTheOrderOfEachKind()
    {
        Uri url = WebhookUrl.For("https://h.example/base")
            .Query("a", 1).Path("p/").Query("b", "é").Code("code1").Path("/q/r").Query("a", 2).Code("code2").Build();

        Assert.Equal("https://h.example/base/p/code1/q/r/code2?a=1&b=%C3%A9&a=2", url.AbsoluteUri);
    }

    [Fact]
    public void Append_HalfOfASurrogatePair_ThrowsWithItsPosition()
    {
        string broken = "abc" + '\uD83D' + "def";
        WebhookUrl url = WebhookUrl.For("https://h.example");

        var path = Assert.Throws<ArgumentException>("path", () => url.Path(broken));
        var code = Assert.Throws<ArgumentException>("code", () => url.Code(broken));
        var name = Assert.Throws<ArgumentException>("name", () => url.Query(broken, "x"));
        var value = Assert.Throws<ArgumentException>("value", () => url.Query("x", broken));
        Assert.Throws<ArgumentException>("value", () => url.Query("x", "low first \uDE00\uD83D"));
        Assert.Throws<ArgumentException>("value", () => url.Query("x", "at the end \uD83D"));
        Assert.Throws<ArgumentException>("value", () => url.Query("x", '\uD83D'));
        Assert.Throws<ArgumentException>("baseUrl", () => WebhookUrl.For("https://h.example/" + broken));

        foreach (ArgumentException exception in new[] { path, code, name, value })
        {
            Assert.Contains("position 3", exception.Message, StringComparison.Ordinal);
            Assert.Contains("U+D83D", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("abc", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("https://h.example/?x=%F0%9F%98%80", url.Query("x", "😀").Build().AbsoluteUri);
    }

    [Fact]
    public void Append_UpToTheLimit_IsAcceptedAndOneMoreIsNot()
    {
        const string Start = "https://h.example/p?v=";
        string fits = new('a', ReceiverUrl.MaxLength - Start.Length);
        WebhookUrl url = WebhookUrl.For("https://h.example/p");

        var exception = Assert.Throws<ArgumentException>("value", () => url.Query("v", fits + "a"));
        Uri built = url.Query("v", fits).Build();

        Assert.Contains("8,193", exception.Message, StringComparison.Ordinal);
        Assert.Contains("8,192", exception.Message, StringComparison.Ordinal);
        Assert.Equal(8192, built.AbsoluteUri.Length);
    }

    [Fact]
    public void Append_EscapedTextOverTheLimit_ThrowsAndTakesItBack()
    {
        string escapedTooLong = new('€', 1000);
        WebhookUrl url = WebhookUrl.For("https://h.example/p").Query("a", 1);

        Assert.Throws<ArgumentException>("value", () => url.Query("v", escapedTooLong));
        Assert.Throws<ArgumentException>("name", () => url.Query(new string('n', 9000), 1));
        Assert.Throws<ArgumentException>("path", () => url.Path(escapedTooLong));
        Assert.Throws<ArgumentException>("code", () => url.Code(escapedTooLong));
        Assert.Throws<ArgumentException>("code", () => url.Code(new string('c', 10_000_000)));
        Assert.Throws<ArgumentException>("baseUrl", () => WebhookUrl.For("https://h.example/" + new string('b', 8192)));

        Assert.Equal("https://h.example/p?a=1", url.Build().AbsoluteUri);
    }

    [Fact]
    public void Build_Twice_Throws()
    {
        WebhookUrl url = WebhookUrl.For("https://h.example");
        url.Build();

        Assert.Throws<InvalidOperationException>(() => url.Build());
        Assert.Throws<InvalidOperationException>(() => url.Path("a"));
        Assert.Throws<InvalidOperationException>(() => url.Code("a"));
        Assert.Throws<InvalidOperationException>(() => url.Query("a", 1));
        Assert.Throws<InvalidOperationException>(() => url.Query("a", null));
    }

    [Fact]
    public void ToString_BeforeAndAfterBuild_ShowsNeitherPathNorCodeNorParameters()
    {
        WebhookUrl url = WebhookUrl.For("https://bücher.example:8443/basesecret").Path("pathsecret").Code(Code).Query("name", "valuesecret");
        string before = url.ToString();
        url.Build();

        Assert.Equal("https://xn--bcher-kva.example:8443/***3F53", before);
        Assert.Equal(before, url.ToString());
    }

    [Fact]
    public void ToString_ShortCode_ShowsNothingOfIt()
    {
        Assert.Equal("https://h.example/***", WebhookUrl.For("https://h.example").Code("15characters___").ToString());
        Assert.Equal("https://h.example/***", WebhookUrl.For("https://h.example/").ToString());
    }

    [Fact]
    public void Build_RandomParts_IsWhatEscapingAndConcatenatingGives()
    {
        var random = new Random(20_251);
        string alphabet = new([.. Enumerable.Range(0x20, 0x5F).Select(i => (char)i).Where(c => c is not ('/' or '\\')), 'é', 'ß', '€', '\u3042']);

        for (int i = 0; i < 2000; i++)
        {
            string[] parts = [.. Enumerable.Range(0, 5).Select(_ => "x" + random.GetString(alphabet, random.Next(0, 60)) + "😀")];
            Uri url = WebhookUrl.For("http://h.example:8080/b").Query(parts[0], parts[1]).Path(parts[2] + "/" + parts[3]).Code(parts[4]).Build();

            string expected = "http://h.example:8080/b/" + Uri.EscapeDataString(parts[2]) + "/" + Uri.EscapeDataString(parts[3]) + "/"
                + Uri.EscapeDataString(parts[4]) + "?" + Uri.EscapeDataString(parts[0]) + "=" + Uri.EscapeDataString(parts[1]);
            Assert.Equal(expected, url.OriginalString);
            Assert.Equal(expected, url.AbsoluteUri);
        }
    }

    [Fact]
    public void Build_LeavesNoCodeInThePool()
    {
        Uri url = WebhookUrl.For("https://h.example").Code(Code).Build();

        // The pool hands out what this thread gave back last.
        char[] given = ArrayPool<char>.Shared.Rent(256);
        Assert.DoesNotContain(Code, new string(given), StringComparison.Ordinal);
        Assert.Contains(Code, url.AbsoluteUri, StringComparison.Ordinal);

        ArrayPool<char>.Shared.Return(given);
    }

    [Fact]
    public void Build_OnceWarm_AllocatesAtMostThreeFifthsOfUriBuilder()
    {
        const string Base = "http://localhost:8080/DhsDivaltoServiceDivaApiRest";

        long ours = AllocatedBy(() => WebhookUrl.For(Base).Path("api/v1/WebHook").Code(Code).Query("dos", 998).Query("refreshCustomer", "C0000001").Build());
        long builders = AllocatedBy(() =>
        {
            var builder = new UriBuilder(Base);
            builder.Path = builder.Path.TrimEnd('/') + "/api/v1/WebHook/" + Uri.EscapeDataString(Code);
            builder.Query = "dos=" + Uri.EscapeDataString("998") + "&refreshCustomer=" + Uri.EscapeDataString("C0000001");
            return builder.Uri;
        });

        Assert.InRange(ours, 1, builders * 6 / 10);
    }

    private static long AllocatedBy(Func<Uri> compose)
    {
        for (int i = 0; i < 100; i++)
        {
            compose();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            compose();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
