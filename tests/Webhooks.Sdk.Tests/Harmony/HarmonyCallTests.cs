using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Webhooks.Sdk.Harmony;
using Xunit;

namespace Webhooks.Sdk.Tests.Harmony;

public sealed class HarmonyCallTests
{
    private const string Code = "MONWEBHOOKACADEMY123456789012363F53";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" CODESECRET")]
    [InlineData("CODESECRET\n")]
    [InlineData("CODE\u0001SECRET")]
    [InlineData("CODESECRET/x")]
    [InlineData("CODESECRET\\x")]
    [InlineData(".")]
    [InlineData("..")]
    public void To_ACodeThatWouldNotArrive_ThrowsWithoutShowingIt(string bad)
    {
        var exception = Assert.Throws<ArgumentException>("code", () => HarmonyCall.To(bad));

        Assert.DoesNotContain("SECRET", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_HalfOfASurrogatePair_Throws()
    {
        Assert.Throws<ArgumentException>("code", () => HarmonyCall.To("CODE\uD800"));
        Assert.Throws<ArgumentException>("code", () => HarmonyCall.To("\uDC00CODE"));
    }

    [Fact]
    public void To_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>("code", () => HarmonyCall.To(null!));
    }

    [Fact]
    public void To_ACodeOfAnyOtherCharacters_IsTaken()
    {
        Assert.Equal("é ?#%&😀", HarmonyCall.To("é ?#%&😀").Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    public void With_ABlankName_Throws(string blank)
    {
        Assert.Throws<ArgumentException>("name", () => HarmonyCall.To(Code).With(blank, "x"));
        Assert.Throws<ArgumentException>("name", () => HarmonyCall.To(Code).With(blank, 1));
        Assert.Throws<ArgumentException>("name", () => HarmonyCall.To(Code).With(blank, null));
    }

    [Fact]
    public void With_HalfOfASurrogatePair_Throws()
    {
        Assert.Throws<ArgumentException>("name", () => HarmonyCall.To(Code).With("a\uD800", "x"));
        Assert.Throws<ArgumentException>("value", () => HarmonyCall.To(Code).With("a", "\uDC00\uD800"));
        Assert.Throws<ArgumentException>("value", () => HarmonyCall.To(Code).With("a", '\uD800'));
    }

    [Fact]
    public void With_NotANumber_Throws()
    {
        Assert.Throws<ArgumentException>("value", () => HarmonyCall.To(Code).With("a", double.NaN));
        Assert.Throws<ArgumentException>("value", () => HarmonyCall.To(Code).With("a", float.PositiveInfinity));
        Assert.Throws<ArgumentException>("value", () => HarmonyCall.To(Code).With("a", Half.NegativeInfinity));
    }

    [Fact]
    public void With_AFormatThatIsNone_Throws()
    {
        Assert.Throws<ArgumentException>("format", () => HarmonyCall.To(Code).With("a", new DateOnly(2026, 5, 8), " "));
        Assert.Throws<ArgumentException>("format", () => HarmonyCall.To(Code).With("a", new DateOnly(2026, 5, 8), "HH:mm"));
    }

    [Fact]
    public void With_Names_KeepsTheirOrderAndRepetitions()
    {
        HarmonyCall call = HarmonyCall.To(Code).With("b", 1).With("a", "2").With("b", "").With("A", 3);

        Assert.Equal("b=1 a=2 b= A=3", string.Join(' ', call.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}")));
    }

    [Fact]
    public void With_AnyMethod_LeavesTheCallAsItWas()
    {
        HarmonyCall call = HarmonyCall.To(Code).With("a", 1);

        _ = call.With("b", 2);
        _ = call.AsIdempotent();
        _ = call.WithMethod(HttpMethod.Post);
        _ = call.WithJson(new Dictionary<string, string>());

        Assert.Equal(new("a", "1"), Assert.Single(call.Parameters));
        Assert.Equal((false, HttpMethod.Get, null), (call.IsIdempotent, call.Method, call.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fi-FI")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public async Task With_EveryType_IsTheSameTextInEveryCulture(string culture)
    {
        await Task.Yield();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        HarmonyCall call = HarmonyCall.To(Code)
            .With("bool", true)
            .With("char", 'é')
            .With("sbyte", (sbyte)-1)
            .With("byte", (byte)1)
            .With("short", (short)-2)
            .With("ushort", (ushort)2)
            .With("int", -998)
            .With("uint", 998u)
            .With("long", -5_000_000_000)
            .With("ulong", ulong.MaxValue)
            .With("nint", (nint)(-3))
            .With("nuint", (nuint)3)
            .With("Int128", Int128.MinValue)
            .With("UInt128", UInt128.MaxValue)
            .With("Half", (Half)(-0.5))
            .With("float", 0.1f)
            .With("double", -4.5)
            .With("decimal", 1.50m)
            .With("Guid", Guid.Empty)
            .With("DateOnly", new DateOnly(2026, 5, 8), "yyyy-MM-dd")
            .With("TimeOnly", new TimeOnly(8, 0, 5), "HH:mm:ss")
            .With("DateTimeOffset", new DateTimeOffset(2026, 5, 8, 8, 0, 5, TimeSpan.FromHours(2)), "yyyyMMddHHmmsszzz")
            .With("enum", DayOfWeek.Friday, "D");

        Assert.Equal(
            "true é -1 1 -2 2 -998 998 -5000000000 18446744073709551615 -3 3 -170141183460469231731687303715884105728 "
            + "340282366920938463463374607431768211455 -0.5 0.1 -4.5 1.50 00000000-0000-0000-0000-000000000000 "
            + "2026-05-08 08:00:05 20260508080005+02:00 5",
            string.Join(' ', call.Parameters.Select(parameter => parameter.Value)));
    }

    [Fact]
    public void With_NullOfEveryType_IsLeftOut()
    {
        HarmonyCall call = HarmonyCall.To(Code)
            .With("a", null)
            .With("a", (string?)null)
            .With("a", (bool?)null)
            .With("a", (char?)null)
            .With("a", (sbyte?)null)
            .With("a", (byte?)null)
            .With("a", (short?)null)
            .With("a", (ushort?)null)
            .With("a", (int?)null)
            .With("a", (uint?)null)
            .With("a", (long?)null)
            .With("a", (ulong?)null)
            .With("a", (nint?)null)
            .With("a", (nuint?)null)
            .With("a", (Int128?)null)
            .With("a", (UInt128?)null)
            .With("a", (Half?)null)
            .With("a", (float?)null)
            .With("a", (double?)null)
            .With("a", (decimal?)null)
            .With("a", (Guid?)null)
            .With("a", (DateTime?)null, "yyyy");

        Assert.Empty(call.Parameters);
    }

    [Fact]
    public void WithMethod_AnyOtherThanGetAndPost_Throws()
    {
        HarmonyCall call = HarmonyCall.To(Code);

        Assert.Throws<ArgumentException>("method", () => call.WithMethod(HttpMethod.Put));
        Assert.Throws<ArgumentNullException>("method", () => call.WithMethod(null!));
        Assert.Equal(HttpMethod.Get, call.WithMethod(HttpMethod.Post).WithMethod(HttpMethod.Get).Method);
    }

    [Fact]
    public void WithJson_Pairs_MakesTheCallAPost()
    {
        HarmonyCall call = HarmonyCall.To(Code).WithJson(new Dictionary<string, string> { ["nom"] = "Ada" });

        Assert.Equal(HttpMethod.Post, call.Method);
        Assert.Equal("""{"nom":"Ada"}""", Encoding.UTF8.GetString(call.Body!));
        Assert.Throws<InvalidOperationException>(() => call.WithMethod(HttpMethod.Get));
    }

    [Fact]
    public void WithJson_AValue_IsSerializedAtOnce()
    {
        var numbers = new List<int> { 1, 2 };
        var options = new System.Text.Json.JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        HarmonyCall call = HarmonyCall.To(Code).WithJson(numbers, (JsonTypeInfo<List<int>>)options.GetTypeInfo(typeof(List<int>)));
        numbers.Add(3);

        Assert.Equal("[1,2]", Encoding.UTF8.GetString(call.Body!));
        Assert.Throws<ArgumentNullException>("jsonTypeInfo", () => call.WithJson(numbers, null!));
        Assert.Throws<ArgumentNullException>("pairs", () => call.WithJson<string>(null!));
    }

    [Fact]
    public void WithJson_Accents_AreNotEscapedWhateverTheOverload()
    {
        var options = new System.Text.Json.JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        HarmonyCall value = HarmonyCall.To(Code).WithJson("Zoé", (JsonTypeInfo<string>)options.GetTypeInfo(typeof(string)));
        HarmonyCall pairs = HarmonyCall.To(Code).WithJson(new Dictionary<string, string> { ["nom"] = "Zoé" });

        Assert.Equal("\"Zoé\"", Encoding.UTF8.GetString(value.Body!));
        Assert.Equal("""{"nom":"Zoé"}""", Encoding.UTF8.GetString(pairs.Body!));
    }

    [Fact]
    public void ToString_OfACall_MasksTheCodeAndTheValues()
    {
        HarmonyCall call = HarmonyCall.To(Code).With("dos", 998).With("refresh\nCustomer", "C0000001");

        Assert.Equal("GET ***3F53?dos=***&refresh%0ACustomer=***", call.ToString());
        Assert.Equal("POST ***3F53", HarmonyCall.To(Code).WithMethod(HttpMethod.Post).ToString());
        Assert.Equal("GET ***", HarmonyCall.To("A SHORT CODE 15").ToString());
    }
}
