using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Source")]
    [InlineData("x")]
    [InlineData("!#$%&'*+-.^_`|~09AZaz")]
    [InlineData("Accept")]
    [InlineData("User-Agent")]
    [InlineData("Content-Language")]
    [InlineData("Idempotency-Key")]
    [InlineData("ce-id")]
    [InlineData("X-Webhook-Id")]
    [InlineData("webhook")]
    [InlineData("webhooks-x")]
    [InlineData("svix")]
    [InlineData("Hosts")]
    public void ValidateName_TokenThatIsTheUsers_Passes(string name)
    {
        HeaderRules.ValidateName(name, nameof(name));

        using var request = new HttpRequestMessage();
        Assert.True(request.Headers.TryAddWithoutValidation(name, "x") || HeaderRules.IsContentHeader(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("X Source")]
    [InlineData(" X-Source")]
    [InlineData("X-Source ")]
    [InlineData("X-Source:")]
    [InlineData(":authority")]
    [InlineData("X\tSource")]
    [InlineData("X-Source\r")]
    [InlineData("X-Source\n")]
    [InlineData("X-Source\r\nEvil: 1")]
    [InlineData("X\0Source")]
    [InlineData("X\u0001")]
    [InlineData("X\u001F")]
    [InlineData("X\u007F")]
    [InlineData("X\u0080")]
    [InlineData("X\u0085")]
    [InlineData("X\u00A0")]
    [InlineData("X\u00AD")]
    [InlineData("X\u2028")]
    [InlineData("X\u200B")]
    [InlineData("X\uFEFF")]
    [InlineData("Xé")]
    [InlineData("X\u0661")]
    [InlineData("X\uFF11")]
    [InlineData("\uFF28ost")]
    [InlineData("\u212Aeep-Alive")]
    [InlineData("X(")]
    [InlineData("X)")]
    [InlineData("X<")]
    [InlineData("X>")]
    [InlineData("X@")]
    [InlineData("X,")]
    [InlineData("X;")]
    [InlineData("X\\")]
    [InlineData("X\"")]
    [InlineData("X/")]
    [InlineData("X[")]
    [InlineData("X]")]
    [InlineData("X?")]
    [InlineData("X=")]
    [InlineData("X{")]
    [InlineData("X}")]
    public void ValidateName_NotAToken_ThrowsWithPositionAndCodePoint(string text)
    {
        var exception = Assert.Throws<ArgumentException>("header", () => HeaderRules.ValidateName(text, "header"));

        Assert.True(text.Length == 0 || exception.Message.Contains("at position", StringComparison.Ordinal));
        Assert.DoesNotContain(exception.Message, char.IsControl);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("HOST")]
    [InlineData("host")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("transfer-encoding")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authorization")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Expect")]
    [InlineData("webhook-id")]
    [InlineData("Webhook-Timestamp")]
    [InlineData("WEBHOOK-SIGNATURE")]
    [InlineData("webhook-")]
    [InlineData("WebHook-Request-Origin")]
    [InlineData("svix-id")]
    [InlineData("Svix-Signature")]
    public void ValidateName_Reserved_ThrowsAndNamesIt(string reserved)
    {
        var exception = Assert.Throws<ArgumentException>("name", () => HeaderRules.ValidateName(reserved, "name"));

        Assert.Contains(reserved, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("content-type")]
    public void ValidateName_ContentType_AsksForTheMediaType(string contentType)
    {
        var exception = Assert.Throws<ArgumentException>("name", () => HeaderRules.ValidateName(contentType, "name"));

        Assert.Contains("media type", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("Bearer abc.def-ghi_jkl~+/=")]
    [InlineData("a b\tc")]
    [InlineData("!\"#$%&'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~")]
    public void ValidateValue_VisibleAsciiSpacesAndTabs_Passes(string value)
    {
        HeaderRules.ValidateValue(value, nameof(value));

        using var request = new HttpRequestMessage();
        request.Headers.Add("X-Test", value);
        Assert.Equal([value], request.Headers.GetValues("X-Test"));
    }

    [Theory]
    [InlineData("secret\r", 6, "U+000D")]
    [InlineData("secret\n", 6, "U+000A")]
    [InlineData("secret\r\n", 6, "U+000D")]
    [InlineData("secret\r\nEvil: 1", 6, "U+000D")]
    [InlineData("secret\r\n folded", 6, "U+000D")]
    [InlineData("secret\n\tfolded", 6, "U+000A")]
    [InlineData("\r\nsecret", 0, "U+000D")]
    [InlineData("sec\0ret", 3, "U+0000")]
    [InlineData("sec\u0001ret", 3, "U+0001")]
    [InlineData("sec\u0008ret", 3, "U+0008")]
    [InlineData("sec\u000Bret", 3, "U+000B")]
    [InlineData("sec\u000Cret", 3, "U+000C")]
    [InlineData("sec\u001Bret", 3, "U+001B")]
    [InlineData("sec\u001Fret", 3, "U+001F")]
    [InlineData("sec\u007Fret", 3, "U+007F")]
    [InlineData("sec\u0080ret", 3, "U+0080")]
    [InlineData("sec\u0085ret", 3, "U+0085")]
    [InlineData("sec\u009Fret", 3, "U+009F")]
    [InlineData("sec\u00A0ret", 3, "U+00A0")]
    [InlineData("sécret", 1, "U+00E9")]
    [InlineData("sec\u00FFret", 3, "U+00FF")]
    [InlineData("sec\u010Aret", 3, "U+010A")]
    [InlineData("sec\u010Dret", 3, "U+010D")]
    [InlineData("sec\u0661ret", 3, "U+0661")]
    [InlineData("sec\uFF11ret", 3, "U+FF11")]
    [InlineData("sec\u2028ret", 3, "U+2028")]
    [InlineData("sec\u2029ret", 3, "U+2029")]
    [InlineData("sec\u200Bret", 3, "U+200B")]
    [InlineData("sec\u202Eret", 3, "U+202E")]
    [InlineData("sec\u560Aret", 3, "U+560A")]
    [InlineData("sec\u560Dret", 3, "U+560D")]
    [InlineData("sec\uFEFFret", 3, "U+FEFF")]
    [InlineData("sec😀ret", 3, "U+D83D")]
    public void ValidateValue_OtherCharacters_ThrowsWithPositionAndCodePoint(string value, int position, string codePoint)
    {
        var exception = Assert.Throws<ArgumentException>("header", () => HeaderRules.ValidateValue(value, "header"));

        Assert.Contains($"position {position};", exception.Message, StringComparison.Ordinal);
        Assert.Contains(codePoint, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData(" secret")]
    [InlineData("secret ")]
    [InlineData("\tsecret")]
    [InlineData("secret\t")]
    public void ValidateValue_WhiteSpaceAround_ThrowsWithoutShowingIt(string value)
    {
        var exception = Assert.Throws<ArgumentException>(nameof(value), () => HeaderRules.ValidateValue(value, nameof(value)));

        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidateAnything_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("name", () => HeaderRules.ValidateName(null!, "name"));
        Assert.Throws<ArgumentNullException>("value", () => HeaderRules.ValidateValue(null!, "value"));
        Assert.Throws<ArgumentNullException>("mediaType", () => HeaderRules.ValidateMediaType(null!, "mediaType"));
    }

    [Fact]
    public void IsContentHeader_EveryHeaderOfDotNet_IsKnownByItsCollection()
    {
        string[] names =
        [
            "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Allow", "Authorization", "Cache-Control", "Content-Disposition",
            "Content-Encoding", "Content-Foo", "Content-Language", "Content-Location", "Content-MD5", "Content-Range", "Content-Security-Policy",
            "Cookie", "Date", "ETag", "Expires", "From", "If-Match", "Last-Modified", "Link", "Location", "Origin", "Pragma", "Prefer", "Range",
            "Referer", "Retry-After", "Set-Cookie", "User-Agent", "Via", "Warning", "X-Custom", "ce-type",
        ];
        using var content = new ByteArrayContent([]);

        string[] refusedByRequest = [.. names.Where(name => !TryAdd(name))];

        Assert.Equal(refusedByRequest, names.Where(HeaderRules.IsContentHeader));
        Assert.Equal(9, refusedByRequest.Length);
        Assert.All(refusedByRequest, name => Assert.True(content.Headers.TryAddWithoutValidation(name, "x")));
        Assert.True(HeaderRules.IsContentHeader("content-language"));

        static bool TryAdd(string name)
        {
            using var request = new HttpRequestMessage();
            return request.Headers.TryAddWithoutValidation(name, "x");
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=utf-8")]
    [InlineData("text/plain \t;\t charset=\"utf-8\"")]
    [InlineData("multipart/form-data; boundary=\"a b\\\"c\\\\\"; x=y")]
    [InlineData("text/x; a=\"\"")]
    [InlineData("application/vnd.microsoft.card.adaptive+json")]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("!#$%&'*+/x")]
    public void ValidateMediaType_WellFormed_Passes(string mediaType)
    {
        HeaderRules.ValidateMediaType(mediaType, nameof(mediaType));

        using var content = new ByteArrayContent([]);
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", mediaType));
        Assert.Equal(mediaType, content.Headers.NonValidated["Content-Type"].ToString());
        Assert.True(MediaTypeHeaderValue.TryParse(mediaType, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("application")]
    [InlineData("application/")]
    [InlineData("/json")]
    [InlineData("application/json/x")]
    [InlineData(" application/json")]
    [InlineData("application/json ")]
    [InlineData("application /json")]
    [InlineData("application/ json")]
    [InlineData("application/json;")]
    [InlineData("application/json; ")]
    [InlineData("application/json;;a=b")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; =utf-8")]
    [InlineData("application/json; charset =utf-8")]
    [InlineData("application/json; charset= utf-8")]
    [InlineData("application/json; charset=utf-8 x")]
    [InlineData("application/json, text/plain")]
    [InlineData("application/json; a=\"b")]
    [InlineData("application/json; a=\"b\\")]
    [InlineData("application/json; a=\"b\"c")]
    [InlineData("application/json; a=\"é\"")]
    [InlineData("application/json; a=\"\r\n\"")]
    [InlineData("application/json; a=\"\\\r\"")]
    [InlineData("application/json\r\nEvil: 1")]
    [InlineData("application/json\r\n ; a=b")]
    [InlineData("application/json\0")]
    [InlineData("application/jsön")]
    [InlineData("application/json\u0085")]
    [InlineData("text/\u0661")]
    [InlineData("*/*")]
    [InlineData("text/*")]
    public void ValidateMediaType_Malformed_Throws(string text)
    {
        var exception = Assert.Throws<ArgumentException>("mediaType", () => HeaderRules.ValidateMediaType(text, "mediaType"));

        Assert.DoesNotContain(exception.Message, char.IsControl);
    }
}
