using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class FormBodyTests
{
    [Fact]
    public void Write_AnyText_EscapesASpaceAsPercent20AndKeepsOrderAndRepetitions()
    {
        string form = Write<string>(
            new("b", "a b+c"), new("a", ""), new("left out", null!), new("b", "&=%?"), new("é *", "€😀\r\n"), new("plain-._~", "AZaz09"));

        Assert.Equal("b=a%20b%2Bc&a=&b=%26%3D%25%3F&%C3%A9%20%2A=%E2%82%AC%F0%9F%98%80%0D%0A&plain-._~=AZaz09", form);
    }

    [Fact]
    public void Write_NoPairsOrOnlyNulls_IsEmpty()
    {
        Assert.Empty(FormBody.Write(new Dictionary<string, string>(), "pairs"));
        Assert.Equal("", Write<string?>(new("a", null), new("b", null)));
        Assert.Equal("c=1", Write<int?>(new("a", null), new("c", 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fr-FR")]
    public void Write_EveryType_SpellsItAsTheUrlDoes(string culture)
    {
        using var scope = new CultureScope(culture);
        var guid = new Guid("0F8FAD5B-D9CB-469F-A165-70867728950E");

        string form = Write<object?>(
            new("int", -1), new("long", long.MinValue), new("ulong", ulong.MaxValue), new("uint", 4_000_000_000), new("byte", (byte)200),
            new("sbyte", (sbyte)-8), new("short", (short)-3), new("ushort", (ushort)9), new("nint", (nint)(-5)), new("nuint", (nuint)5),
            new("i128", Int128.MinValue), new("u128", UInt128.MaxValue), new("float", 0.1f), new("double", -1234.5), new("huge", 1e300),
            new("half", (Half)0.5), new("decimal", -1234.50m), new("yes", true), new("no", false), new("char", 'é'), new("guid", guid));
        string query = WebhookUrl.For("https://h.example")
            .Query("int", -1).Query("long", long.MinValue).Query("ulong", ulong.MaxValue).Query("uint", 4_000_000_000).Query("byte", (byte)200)
            .Query("sbyte", (sbyte)-8).Query("short", (short)-3).Query("ushort", (ushort)9).Query("nint", (nint)(-5)).Query("nuint", (nuint)5)
            .Query("i128", Int128.MinValue).Query("u128", UInt128.MaxValue).Query("float", 0.1f).Query("double", -1234.5).Query("huge", 1e300)
            .Query("half", (Half)0.5).Query("decimal", -1234.50m).Query("yes", true).Query("no", false).Query("char", 'é').Query("guid", guid)
            .Build().Query;

        Assert.StartsWith("int=-1&long=-9223372036854775808&", form, StringComparison.Ordinal);
        Assert.Contains("&float=0.1&double=-1234.5&huge=1E%2B300&half=0.5&decimal=-1234.50&yes=true&no=false&char=%C3%A9&guid=0f8fad5b-", form, StringComparison.Ordinal);
        Assert.Equal(query, "?" + form);
    }

    public static TheoryData<object> Moments =>
    [
        new DateTime(2021, 5, 8, 0, 0, 0, DateTimeKind.Utc), DateTimeOffset.UnixEpoch, new DateOnly(2021, 5, 8), new TimeOnly(8, 0), TimeSpan.FromHours(1),
    ];

    [Theory]
    [MemberData(nameof(Moments))]
    public void Write_DateOrTime_AsksForAFormat(object value)
    {
        var exception = Assert.Throws<ArgumentException>("pairs", () => Write<object>(new KeyValuePair<string, object>("at", value)));

        Assert.Contains(value.GetType().Name, exception.Message, StringComparison.Ordinal);
        Assert.Contains("format", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TypeWithoutAgreedText_NamesTheType()
    {
        Assert.Contains(
            "System.Int32[]",
            Assert.Throws<ArgumentException>("pairs", () => Write<int[]>(new KeyValuePair<string, int[]>("a", [1]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "System.DayOfWeek",
            Assert.Throws<ArgumentException>("pairs", () => Write<object>(new KeyValuePair<string, object>("a", DayOfWeek.Monday))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("pairs", () => Write<double>(new KeyValuePair<string, double>("a", double.NaN)));
    }

    [Fact]
    public void Write_BadNameOrText_ThrowsWithoutShowingIt()
    {
        Assert.Throws<ArgumentNullException>("pairs", () => FormBody.Write<string>(null!, "pairs"));
        Assert.Throws<ArgumentException>("pairs", () => Write<string>(new KeyValuePair<string, string>(" ", "a")));
        Assert.Throws<ArgumentException>("pairs", () => Write<string>(new KeyValuePair<string, string>(null!, "a")));
        Assert.Throws<ArgumentException>("pairs", () => Write<string>(new KeyValuePair<string, string>("a\uD83D", "a")));
        Assert.DoesNotContain(
            "secret",
            Assert.Throws<ArgumentException>("pairs", () => Write<string>(new KeyValuePair<string, string>("a", "secret\uD83D"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_RandomPairs_ReadAsWhatFormUrlEncodedContentWrites()
    {
        var random = new Random(3);
        KeyValuePair<string, string>[] pairs =
            [.. Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"n{i} ", random.GetString("aZ0 +&=%é€\u3042\"\\/*'()!~._-\n", random.Next(0, 40))))];
        using var content = new FormUrlEncodedContent(pairs);

        string form = Write(pairs);

        Assert.Equal((await content.ReadAsStringAsync()).Replace("+", "%20", StringComparison.Ordinal), form);
    }

    private static string Write<TValue>(params KeyValuePair<string, TValue>[] pairs) => Encoding.ASCII.GetString(FormBody.Write(pairs, nameof(pairs)));
}
