using System;
using System.Collections;
using System.Collections.Generic;
using System.Dynamic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class JsonPairsTests
{
    [Fact]
    public void ToUtf8Bytes_WithEveryKindOfValue_WritesEachAsItIs()
    {
        using var document = JsonDocument.Parse("""{"a": 1.0}""");
        var pairs = new Dictionary<string, object?>
        {
            ["null"] = null,
            ["string"] = "é\"",
            ["char"] = 'c',
            ["half a character"] = '\uD83D',
            ["bool"] = true,
            ["byte"] = (byte)1,
            ["sbyte"] = (sbyte)-1,
            ["short"] = (short)-2,
            ["ushort"] = (ushort)2,
            ["int"] = -3,
            ["uint"] = 3u,
            ["long"] = -4L,
            ["ulong"] = 4ul,
            ["nint"] = (nint)(-5),
            ["nuint"] = (nuint)5,
            ["Int128"] = (Int128)(-6),
            ["UInt128"] = (UInt128)6,
            ["Half"] = (Half)0.1,
            ["float"] = 0.1f,
            ["double"] = 0.1,
            ["decimal"] = 1.10m,
            ["DateTime"] = new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Utc),
            ["DateTimeOffset"] = new DateTimeOffset(2021, 5, 8, 12, 0, 5, TimeSpan.FromHours(2)),
            ["DateOnly"] = new DateOnly(2021, 5, 8),
            ["TimeOnly"] = new TimeOnly(8, 0, 5),
            ["TimeSpan"] = TimeSpan.FromSeconds(5),
            ["Guid"] = Guid.Empty,
            ["Uri"] = new Uri("/a", UriKind.Relative),
            ["bytes"] = new byte[] { 1, 2, 3 },
            ["JsonElement"] = document.RootElement,
            ["JsonNode"] = new JsonObject { ["é"] = new JsonArray(1, null) },
        };

        Assert.Equal(
            """
            {"null":null,"string":"é\"","char":"c","half a character":"�","bool":true,"byte":1,"sbyte":-1,"short":-2,"ushort":2,"int":-3,"uint":3,
            "long":-4,"ulong":4,"nint":-5,"nuint":5,"Int128":-6,"UInt128":6,"Half":0.1,"float":0.1,"double":0.1,"decimal":1.10,
            "DateTime":"2021-05-08T12:00:05Z","DateTimeOffset":"2021-05-08T12:00:05+02:00","DateOnly":"2021-05-08","TimeOnly":"08:00:05",
            "TimeSpan":"00:00:05","Guid":"00000000-0000-0000-0000-000000000000","Uri":"/a","bytes":"AQID","JsonElement":{"a": 1.0},"JsonNode":{"é":[1,null]}}
            """.ReplaceLineEndings(""),
            Text(pairs));
    }

    [Fact]
    public void ToUtf8Bytes_WithPairsInPairs_Nests()
    {
        IDictionary<string, object?> dynamic = new ExpandoObject();
        dynamic["n"] = 1;

        var pairs = new KeyValuePair<string, object>[]
        {
            new("objects", new Dictionary<string, object?> { ["a"] = new Dictionary<string, string> { ["b"] = "c" } }),
            new("strings", new KeyValuePair<string, string>[] { new("d", "e") }),
            new("numbers", new Dictionary<string, int> { ["f"] = 1 }),
            new("untyped", new Hashtable { ["g"] = 2.5 }),
            new("dynamic", dynamic),
            new("lists", new object?[] { 1, null, new List<string> { "h" }, new Dictionary<string, bool> { ["i"] = false }, Array.Empty<int>() }),
        };

        Assert.Equal(
            """{"objects":{"a":{"b":"c"}},"strings":{"d":"e"},"numbers":{"f":1},"untyped":{"g":2.5},"dynamic":{"n":1},"lists":[1,null,["h"],{"i":false},[]]}""",
            Text(pairs));
    }

    [Fact]
    public void ToUtf8Bytes_WithTypedPairs_NeedsNoObjects()
    {
        Assert.Equal("""{"a":"b"}""", Text(new Dictionary<string, string> { ["a"] = "b" }));
        Assert.Equal("""{"a":1}""", Text(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal("""{"a":null}""", Text(new Dictionary<string, int?> { ["a"] = null }));
        Assert.Equal("{}", Text(new Dictionary<string, object?>()));
    }

    [Fact]
    public void Write_InsideAnObject_WritesOneMember()
    {
        Assert.Equal("""{"data":{"a":1},"b":2}""", Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("data"u8);
            JsonPairs.Write(ref writer, new Dictionary<string, int> { ["a"] = 1 });
            writer.WriteNumber("b"u8, 2);
            writer.WriteEndObject();
        }));
    }

    [Fact]
    public void ToUtf8Bytes_WithAnotherType_ThrowsAndSaysWhatToUse()
    {
        AssertRefused(new Version(1, 0), "'bad'", "System.Version", "WithJson(value, JsonTypeInfo)");
        AssertRefused(DayOfWeek.Monday, "'bad'", "System.DayOfWeek", "WithJson(value, JsonTypeInfo)");
        AssertRefused(new object(), "'bad'", "System.Object");
        AssertRefused(new int[2, 2], "'bad'", "System.Int32[,]");
        AssertRefused(new List<object> { 1, new Version(1, 0) }, "'bad'", "System.Version");
        AssertRefused(new Dictionary<int, string> { [1] = "a" }, "'bad'", "System.Int32");
        AssertRefused(new Dictionary<string, object> { ["worse"] = new Version(1, 0) }, "'worse'", "System.Version");
    }

    [Fact]
    public void ToUtf8Bytes_WithAValueThatJsonCannotSay_ThrowsAndNamesTheMember()
    {
        AssertRefused(double.NaN, "'bad'", "NaN");
        AssertRefused(float.PositiveInfinity, "'bad'", "infinite");
        AssertRefused(Half.NaN, "'bad'", "NaN");
        AssertRefused(default(JsonElement), "'bad'", "JsonElement");
    }

    [Fact]
    public void ToUtf8Bytes_WithAnElementThatHasComments_Throws()
    {
        using var document = JsonDocument.Parse("[1,/* no */2]", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        AssertRefused(document.RootElement, "'bad'", "comments");
    }

    [Fact]
    public void ToUtf8Bytes_WithARepeatedOrNullName_Throws()
    {
        ArgumentException repeated = Assert.Throws<ArgumentException>("pairs", () => Text(new KeyValuePair<string, int>[] { new("a", 1), new("A", 2), new("a", 3) }));
        ArgumentException isNull = Assert.Throws<ArgumentException>("pairs", () => Text(new KeyValuePair<string, int>[] { new(null!, 1) }));

        Assert.Contains("'a' occurs twice", repeated.Message, StringComparison.Ordinal);
        Assert.Contains("null", isNull.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("pairs", () => Text((Dictionary<string, int>)null!));
    }

    [Fact]
    public void ToUtf8Bytes_WithPairsThatContainThemselves_Throws()
    {
        var pairs = new Dictionary<string, object?>();
        pairs["self"] = pairs;
        var list = new List<object?>();
        list.Add(list);

        ArgumentException exception = Assert.Throws<ArgumentException>("pairs", () => Text(pairs));

        Assert.Contains("'self' is nested deeper than 64", exception.Message, StringComparison.Ordinal);
        AssertRefused(list, "'bad'", "contains itself");
    }

    private static void AssertRefused(object value, params string[] parts)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("pairs", () => Text(new Dictionary<string, object> { ["bad"] = value }));

        foreach (string part in parts)
        {
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        }
    }

    private static string Text<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs) => Encoding.UTF8.GetString(JsonPairs.ToUtf8Bytes(pairs));
}
