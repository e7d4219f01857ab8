using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Webhooks.Sdk.Generators.Tests.Shapes;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

public sealed class WrittenShapesTests
{
    [Fact]
    public void WriteJson_Text_IsWrittenLikeSystemTextJson()
    {
        using JsonDocument document = JsonDocument.Parse("""{"a":[1,2,{"b":null}]}""");
        var text = new Text(
            "café \"quoted\" \\ \n\t", "", 'é', '"', new Uri("/a b?c=d&é", UriKind.Relative), [1, 2, 3, 4], new byte[] { 5 }, null,
            document.RootElement, null, ["one", null, ""], new Dictionary<string, string?> { ["a"] = "b", ["C d"] = null, ["\""] = "é" });

        Expected.SameText(text);
    }

    [Fact]
    public void WriteJson_NullsAndEmpties_AreWrittenLikeSystemTextJson()
    {
        using JsonDocument document = JsonDocument.Parse("null");

        Expected.SameText(new Text(null!, null, 'a', null, null, null, default, null, document.RootElement, null, null, null));
        Expected.SameText(new Text("", null, 'a', null, null, [], default, null, document.RootElement, null, [], new Dictionary<string, string?>()));
        Expected.SameText(new Numbers());
        Expected.SameText(default(Times));
        Expected.SameText(new Leaf());
        Expected.SameText(default(Point));
        Expected.SameText(new Empty());
    }

    [Fact]
    public void WriteJson_Numbers_AreWrittenLikeSystemTextJson()
    {
        Expected.SameText(Samples.LongestNumbers);
        Expected.SameText(new Numbers
        {
            SByte = 1,
            Byte = 2,
            Short = -3,
            UShort = 4,
            Int = 5,
            UInt = 6,
            Long = 7,
            ULong = 8,
            Int128 = 9,
            UInt128 = 10,
            Half = (Half)0.5,
            Float = 1.5f,
            Double = 0.1,
            Decimal = 12.50m,
            Bool = true,
            Day = DayOfWeek.Monday,
            NoInt = 10,
            NoDouble = 1e100,
            NoDecimal = 0.00m,
            NoBool = false,
            NoDay = (DayOfWeek)99,
        });
    }

    [Fact]
    public void WriteJson_Times_AreWrittenLikeSystemTextJson()
    {
        var time = new DateTime(2021, 5, 8, 12, 0, 5, DateTimeKind.Utc);
        Expected.SameText(Samples.LongestTimes);
        Expected.SameText(new Times(
            time, new DateTimeOffset(2021, 5, 8, 12, 0, 5, TimeSpan.FromHours(-3.5)), new DateOnly(9999, 12, 31), new TimeOnly(1, 2, 3), TimeSpan.FromSeconds(1),
            Guid.Empty, time.AddTicks(1), new DateTimeOffset(time.AddMilliseconds(120), TimeSpan.Zero), DateOnly.MinValue, new TimeOnly(1, 2, 3, 4), TimeSpan.Zero,
            Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e")));
    }

    [Fact]
    public void WriteJson_Lists_AreWrittenLikeSystemTextJson()
    {
        var leaf = new Leaf { Name = "a", Next = new Leaf { Name = "b" } };
        var lists = new Lists
        {
            Array = [1, 22, 333],
            Jagged = [[1], [], [2, 3]],
            List = [1, null, 2],
            Leaves = [leaf, new Leaf()],
            Points = [new Point { X = 1 }, new Point { Y = 2.5 }],
            Collection = new List<string> { "a", "b" },
            Set = ["x"],
            Objects = [true, false],
            Immutable = [0.5],
            ImmutableList = [1, 2],
            Dictionary = new() { ["a"] = 1, ["B"] = 2 },
            Nested = new Dictionary<string, List<Leaf?>?> { ["a"] = [leaf, null], ["b"] = null, ["c"] = [] },
            Deep = new() { ["x"] = new() { ["y"] = new Point { X = 3 } }, ["z"] = [] },
        };

        Expected.SameText(lists);
        Expected.SameText(new Page<Leaf>([leaf], leaf, 1));
        Expected.SameText(new Page<Point>([new Point { X = 1 }], default, 1));
    }

    [Fact]
    public void WriteJson_DefaultImmutableArray_IsNull()
    {
        Assert.Contains("\"immutable\":null", Guarded.WriteText(new Lists()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, 0)]
    [InlineData("Ada", null, 0)]
    [InlineData(null, 36, 0)]
    [InlineData("Ada", 36, 2)]
    public void WriteJson_MembersThatMayBeLeftOut_AreWrittenLikeSystemTextJson(string? name, int? age, int count)
    {
        var snakeCase = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        var options = new Options { FirstName = name, AgeInYears = age, Count = count, Field = 3, Included = 4 };

        Expected.SameText(options, snakeCase);
        Expected.SameText(new Options { First = new Uri("https://a.example/"), AlwaysThere = "x", Id = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]) }, snakeCase);
    }

    [Fact]
    public void WriteJson_OddName_IsEscapedAsRequired()
    {
        string json = Guarded.WriteText(new Options { Odd = "x" });

        Assert.Contains("\"the \\\"name\\\" \\\\ \\u0001é\u2028\":\"x\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteJson_Enums_AreWrittenLikeSystemTextJson()
    {
        var asDeclared = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        Expected.SameText(new Enums(Colour.Green, Colour.Red, [Colour.Blue, (Colour)77], DayOfWeek.Friday, DayOfWeek.Friday, (DayOfWeek)(-5)), asDeclared);
        Expected.SameText(new Enums(0, null, [], 0, 0, null), asDeclared);
    }

    [Fact]
    public void WriteJson_DerivedType_HasItsOwnMembersFirst()
    {
        Expected.SameText(new Square { Size = 1.5 });
    }

    [Fact]
    public void WriteJson_MemberOfABaseType_IsWrittenAsWhatItIs()
    {
        string square = Guarded.WriteText(new Square());

        Assert.Equal($$"""{"main":{{square}},"others":[{{square}},null]}""", Guarded.WriteText(new Drawing(new Square(), [new Square(), null!])));
    }

    [Fact]
    public void WriteJson_NestedTypeWithNamesThatAreKeywords_IsWritten()
    {
        var data = new Outer.Middle<int>.@class { @namespace = "n", position = "p", destination = "d", length = "l" };

        Assert.Equal("""{"namespace":"n","position":"p","destination":"d","length":"l"}""", Guarded.WriteText(data));
    }

    [Fact]
    public void WriteJson_AtAPosition_LeavesWhatIsBefore()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("before" + new string(' ', 200));

        int end = ((IWebhookData)new Leaf { Name = "a" }).WriteJson(bytes, position: 6);

        Assert.Equal("before{\"name\":\"a\",\"next\":null}", Encoding.ASCII.GetString(bytes, 0, end));
    }

}
