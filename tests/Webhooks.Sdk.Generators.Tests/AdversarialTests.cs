using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Webhooks.Sdk.Generators.Tests.Shapes;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Everything is written between guard bytes and into exactly what was measured: <see cref="Guarded"/>.
/// </summary>
public sealed class AdversarialTests
{
    [Fact]
    public void WriteJson_TextOfEveryLength_StaysWithinItsBoundAndReadsBack()
    {
        foreach (string unit in (string[])["\u0001", "\"", "é", "漢", "😀", "\uD83D", "\uDE00", "plain ", "a\u001F漢\\é😀\uDE00b"])
        {
            AssertEveryLengthReadsBack(unit);
        }
    }

    [Fact]
    public void WriteJson_OneSpecialCharacterAtEachPlace_ReadsBack()
    {
        foreach (string special in (string[])["\u0000", "\u001F", "\"", "\\", "\u007F", "\u0080", "\u07FF", "\u0800", "\uFFFF", "😀", "\uD800", "\uDFFF"])
        {
            for (int length = 0; length < 70; length++)
            {
                string text = new('x', length);

                for (int place = 0; place <= length; place++)
                {
                    AssertReadsBack(text.Insert(place, special));
                }
            }
        }
    }

    [Fact]
    public void WriteJson_ManyElements_StayWithinTheirBound()
    {
        var lists = new Lists
        {
            Immutable = [],
            Array = [.. Enumerable.Repeat(int.MinValue, 10_000)],
            List = [.. Enumerable.Repeat((int?)int.MinValue, 10_000)],
            Points = [.. Enumerable.Repeat(new Point { X = int.MinValue, Y = double.MinValue }, 10_000)],
            Leaves = [.. Enumerable.Repeat(new Leaf { Name = "\u0001" }, 10_000)],
            Dictionary = Enumerable.Range(0, 10_000).ToDictionary(i => "\u0002" + i.ToString(CultureInfo.InvariantCulture), i => -i),
        };

        Expected.SameMeaning(lists, typeof(Lists), Guarded.Write(lists));
    }

    [Fact]
    public void WriteJson_LongestTexts_StayWithinTheirBounds()
    {
        Expected.SameText(Samples.LongestNumbers);
        Expected.SameText(Samples.LongestTimes);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void WriteJson_NotFinite_Throws(double value)
    {
        Assert.Contains("NaN", Assert.Throws<InvalidOperationException>(() => Guarded.Write(new Numbers { Double = value })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Guarded.Write(new Numbers { Float = (float)value }));
        Assert.Throws<InvalidOperationException>(() => Guarded.Write(new Numbers { Half = (Half)value }));
    }

    [Fact]
    public void GetMaxJsonLength_ObjectInItself_Throws()
    {
        var leaf = new Leaf();
        leaf.Next = leaf;

        Assert.Contains("64", Assert.Throws<InvalidOperationException>(() => Guarded.Write(leaf)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void GetMaxJsonLength_Depth_IsLimitedTo64(int depth, bool fits)
    {
        Leaf? leaf = null;

        for (int i = 0; i < depth; i++)
        {
            leaf = new Leaf { Next = leaf };
        }

        Exception? thrown = Record.Exception(() => Guarded.Write(leaf!));

        Assert.Equal(fits, thrown is null);
    }

    [Fact]
    public void GetMaxJsonLength_ElementThatIsNoJson_Throws()
    {
        using JsonDocument document = JsonDocument.Parse("[1,/**/2,]", new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        using JsonDocument nothing = JsonDocument.Parse("null");
        var text = new Text("", null, 'a', null, null, null, default, null, nothing.RootElement, document.RootElement, null, null);

        Assert.Contains("comments", Assert.Throws<InvalidOperationException>(() => Guarded.Write(text)).Message, StringComparison.Ordinal);
        Assert.Contains("without a value", Assert.Throws<InvalidOperationException>(() => Guarded.Write(text with { Element = default })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void GetMaxJsonLength_DeepElement_CountsWithWhatIsAroundIt(int depth, bool fits)
    {
        using JsonDocument document = JsonDocument.Parse(new string('[', depth) + new string(']', depth));
        var text = new Text("", null, 'a', null, null, null, default, null, document.RootElement, null, null, null);

        Exception? thrown = Record.Exception(() => Guarded.Write(text));

        Assert.Equal(fits, thrown is null);
    }

    [Fact]
    public void WriteJson_DataThatGrewSinceItWasMeasured_ThrowsAndTouchesNothingElse()
    {
        foreach (string grown in (string[])["longer than what was measured", new string('x', 1000), new string('\u0001', 500), string.Concat(Enumerable.Repeat("é漢", 300))])
        {
            var leaf = new Leaf { Name = "" };
            int bound = (int)((IWebhookData)leaf).GetMaxJsonLength(0);
            byte[] bytes = new byte[bound + 256];
            bytes.AsSpan().Fill(0xA5);
            leaf.Name = grown;
            leaf.Next = new Leaf { Name = grown, Next = new Leaf { Name = grown } };

            var thrown = Assert.Throws<InvalidOperationException>(() => ((IWebhookData)leaf).WriteJson(bytes.AsSpan(128, bound), 0));

            Assert.Contains("changed", thrown.Message, StringComparison.Ordinal);
            Assert.Equal(-1, bytes.AsSpan(0, 128).IndexOfAnyExcept((byte)0xA5));
            Assert.Equal(-1, bytes.AsSpan(128 + bound).IndexOfAnyExcept((byte)0xA5));
        }
    }

    private static void AssertEveryLengthReadsBack(string unit)
    {
        foreach (int count in Enumerable.Range(0, 140).Append(4096).Append(20_000).Append(1 << 20))
        {
            string text = string.Concat(Enumerable.Repeat(unit, count));

            AssertReadsBack(text);
        }
    }

    private static void AssertReadsBack(string text)
    {
        byte[] json = Guarded.Write(new Leaf { Name = text });

        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(Samples.WithoutLoneSurrogates(text), document.RootElement.GetProperty("name").GetString());
    }
}
