using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class WebhookUrlQueryTests
{
    private enum Shade
    {
        Dark,
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "%20")]
    [InlineData("a b", "a%20b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("%20", "%2520")]
    [InlineData("&=#/?%!*'()", "%26%3D%23%2F%3F%25%21%2A%27%28%29")]
    [InlineData("AZaz09-._~", "AZaz09-._~")]
    [InlineData("é€😀", "%C3%A9%E2%82%AC%F0%9F%98%80")]
    [InlineData("a\r\nb\0", "a%0D%0Ab%00")]
    [InlineData("\\", "%5C")]
    [InlineData("a/../b", "a%2F..%2Fb")]
    public void Query_AnyText_IsEscapedAsNameAndAsValue(string text, string expected)
    {
        Assert.Equal($"?n={expected}", QueryOf(url => url.Query("n", text)));
        Assert.Equal($"?n{expected}=v", QueryOf(url => url.Query("n" + text, "v")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t")]
    public void Query_BlankName_Throws(string blank)
    {
        WebhookUrl url = WebhookUrl.For("https://h.example");

        Assert.Throws<ArgumentException>("name", () => url.Query(blank, "x"));
        Assert.Throws<ArgumentException>("name", () => url.Query(blank, null));
        Assert.Throws<ArgumentException>("name", () => url.Query(blank, 1));
        Assert.Throws<ArgumentException>("name", () => url.Query(blank, new DateOnly(2025, 1, 2), "O"));
        Assert.Throws<ArgumentNullException>("name", () => url.Query(null!, "x"));
    }

    [Fact]
    public void Query_Null_LeavesTheParameterOut()
    {
        string query = QueryOf(url => url
            .Query("a", null)
            .Query("b", (string?)null)
            .Query("c", (bool?)null)
            .Query("d", (char?)null)
            .Query("e", (int?)null)
            .Query("f", (ulong?)null)
            .Query("g", (double?)null)
            .Query("h", (float?)null)
            .Query("i", (decimal?)null)
            .Query("j", (Guid?)null)
            .Query("k", (Half?)null)
            .Query("l", (Int128?)null)
            .Query("m", (DateOnly?)null, "O"));

        Assert.Equal("", query);
    }

    [Fact]
    public void Query_RepeatedNames_AreKeptInOrder()
    {
        Assert.Equal("?b=2&a=1&b=1", QueryOf(url => url.Query("b", 2).Query("a", 1).Query("b", 1)));
    }

    public static TheoryData<string> Cultures => ["", "fi-FI", "th-TH", "ar-SA", "fr-FR"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Query_EveryType_IsInvariantInEveryCulture(string culture)
    {
        using var scope = new CultureScope(culture);
        byte b = 200;
        short s = -3;
        uint ui = 4_000_000_000;
        nint ni = -5;
        nuint nu = 5;
        int? present = -7;
        DateTimeOffset at = new(2021, 5, 8, 14, 0, 5, TimeSpan.FromHours(2));

        string query = QueryOf(url => url
            .Query("int", -1)
            .Query("zero", 0)
            .Query("long", long.MinValue)
            .Query("ulong", ulong.MaxValue)
            .Query("uint", ui)
            .Query("byte", b)
            .Query("sbyte", (sbyte)-8)
            .Query("short", s)
            .Query("ushort", (ushort)9)
            .Query("nint", ni)
            .Query("nuint", nu)
            .Query("i128", Int128.MinValue)
            .Query("u128", UInt128.MaxValue)
            .Query("present", present)
            .Query("float", 0.1f)
            .Query("double", -1234.5)
            .Query("huge", 1e300)
            .Query("half", (Half)0.5)
            .Query("decimal", -1234.50m)
            .Query("yes", true)
            .Query("no", (bool?)false)
            .Query("char", 'é')
            .Query("guid", new Guid("0F8FAD5B-D9CB-469F-A165-70867728950E"))
            .Query("date", new DateOnly(2021, 5, 8), "yyyy-MM-dd")
            .Query("time", new TimeOnly(8, 0, 5), "HH:mm:ss")
            .Query("datetime", at.UtcDateTime, "yyyy-MM-ddTHH:mm:ss")
            .Query("offset", (DateTimeOffset?)at, "O")
            .Query("money", 1234.5m, "N2"));

        Assert.Equal(
            "?int=-1&zero=0&long=-9223372036854775808&ulong=18446744073709551615&uint=4000000000&byte=200&sbyte=-8&short=-3&ushort=9&nint=-5&nuint=5"
            + "&i128=-170141183460469231731687303715884105728&u128=340282366920938463463374607431768211455&present=-7"
            + "&float=0.1&double=-1234.5&huge=1E%2B300&half=0.5&decimal=-1234.50&yes=true&no=false&char=%C3%A9&guid=0f8fad5b-d9cb-469f-a165-70867728950e"
            + "&date=2021-05-08&time=08%3A00%3A05&datetime=2021-05-08T12%3A00%3A05&offset=2021-05-08T14%3A00%3A05.0000000%2B02%3A00&money=1%2C234.50",
            query);
    }

    [Fact]
    public void Query_CulturesOfTheTests_WouldChangeTheText()
    {
        using (new CultureScope("fi-FI"))
        {
            Assert.Equal("\u22121", (-1).ToString(CultureInfo.CurrentCulture));
            Assert.Equal("08.00.05", new TimeOnly(8, 0, 5).ToString("HH:mm:ss", CultureInfo.CurrentCulture));
        }

        using (new CultureScope("th-TH"))
        {
            Assert.Equal("2564", new DateOnly(2021, 5, 8).ToString("yyyy", CultureInfo.CurrentCulture));
        }

        using (new CultureScope("fr-FR"))
        {
            Assert.Equal("4,5", 4.5.ToString(CultureInfo.CurrentCulture));
        }
    }

    [Fact]
    public void Query_NotAFiniteNumber_Throws()
    {
        WebhookUrl url = WebhookUrl.For("https://h.example");

        Assert.Throws<ArgumentException>("value", () => url.Query("n", double.NaN));
        Assert.Throws<ArgumentException>("value", () => url.Query("n", double.NegativeInfinity));
        Assert.Throws<ArgumentException>("value", () => url.Query("n", float.PositiveInfinity));
        Assert.Throws<ArgumentException>("value", () => url.Query("n", Half.NaN));
        Assert.Equal("https://h.example/?n=1.7976931348623157E%2B308", url.Query("n", double.MaxValue).Build().AbsoluteUri);
    }

    [Fact]
    public void Query_BadFormat_Throws()
    {
        WebhookUrl url = WebhookUrl.For("https://h.example");

        Assert.Throws<ArgumentException>("format", () => url.Query("n", new DateOnly(2025, 1, 2), ""));
        Assert.Throws<ArgumentNullException>("format", () => url.Query("n", new DateOnly(2025, 1, 2), null!));
        Assert.Throws<ArgumentException>("format", () => url.Query("n", new DateOnly(2025, 1, 2), "Q"));
        Assert.Throws<ArgumentException>("format", () => url.Query("n", (DateOnly?)null, " "));
        Assert.Equal("https://h.example/?n=Dark", url.Query("n", Shade.Dark, "G").Build().AbsoluteUri);
    }

    [Fact]
    public void Query_Numbers_AllocateNothingUntilBuild()
    {
        WebhookUrl url = WebhookUrl.For("https://h.example");
        url.Query("room", new string(' ', 200));
        url.Query("a", 1.5).Query("b", 1L).Query("c", 1m).Query("d", (Half)1).Query("e", 1f).Query("f", Guid.Empty).Query("g", true);

        long before = GC.GetAllocatedBytesForCurrentThread();
        url.Query("a", 1.5).Query("b", 1L).Query("c", 1m).Query("d", (Half)1).Query("e", 1f).Query("f", Guid.Empty).Query("g", true);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Query_ArgumentsAsUsersWriteThem_CompileOnlyWhenTheirTextIsClear()
    {
        string[] clear =
        [
            "null", "5", "5u", "5L", "5UL", "5.0", "5f", "5m", "-5", "true", "'c'", "\"s\"", "$\"{5}\"", "(byte)5", "(sbyte?)5", "(short?)5",
            "(ushort)5", "(uint?)5", "(ulong?)5", "(nint)5", "(nuint?)5", "(System.Half)5", "(System.Int128)5", "(System.UInt128?)5",
            "(float?)5", "(double?)5", "(decimal?)5", "(bool?)true", "(char?)'c'", "System.Guid.Empty", "(System.Guid?)null",
            "System.DateTime.MinValue, \"O\"", "(System.TimeOnly?)null, \"HH:mm\"", "5, \"D4\"",
        ];
        string[] unclear =
        [
            "System.DateTime.MinValue", "System.DateTimeOffset.MinValue", "System.DateOnly.MinValue", "System.TimeOnly.MinValue",
            "System.TimeSpan.Zero", "System.DayOfWeek.Monday", "new object()",
        ];

        string[] refused = [.. clear.Concat(unclear).Except(WhichCompile([.. clear, .. unclear]))];

        Assert.Equal(unclear, refused);
    }

    private static IEnumerable<string> WhichCompile(string[] arguments)
    {
        string source = "class C { void M(Webhooks.Sdk.WebhookUrl url) {\n"
            + string.Join('\n', arguments.Select(argument => $"url.Query(\"n\", {argument});")) + "\n} }";
        string assemblies = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = assemblies.Split(Path.PathSeparator)
            .Append(typeof(WebhookUrl).Assembly.Location)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Private.Uri.dll" or "Webhooks.Sdk.dll")
            .Distinct()
            .Select(path => MetadataReference.CreateFromFile(path));

        var compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        HashSet<int> refused =
        [
            .. compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line - 1),
        ];
        return arguments.Where((_, line) => !refused.Contains(line));
    }

    private static string QueryOf(Func<WebhookUrl, WebhookUrl> append) => append(WebhookUrl.For("https://h.example/p")).Build().Query;
}
