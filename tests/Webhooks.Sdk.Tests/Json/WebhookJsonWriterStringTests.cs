using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class WebhookJsonWriterStringTests
{
    // Every class of character that the writer treats in its own way, as UTF-16 code units.
    private static readonly char[] Alphabet =
        ['a', 'Z', '~', ' ', '"', '\\', '/', '\0', '\b', '\t', '\n', '\v', '\f', '\r', '\u001F', '\u007F', '\u0080', 'é', '\u07FF', '\u2028', '漢', '\uFFFD', '\uFFFF', '\uD83D', '\uDE00'];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Fact]
    public void WriteString_WithEveryAsciiCharacter_EscapesWhatRfc8259Asks()
    {
        string ascii = string.Create(128, 0, (span, _) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)i;
            }
        });

        string expected =
            @"""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017"
            + @"\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F !\""#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghij"
            + "klmnopqrstuvwxyz{|}~\u007F\"";

        Assert.Equal(expected, Written.By((ref writer) => writer.WriteStringValue(ascii)));
        Assert.Equal(expected, Written.By((ref writer) => writer.WriteStringValue(Encoding.ASCII.GetBytes(ascii))));
    }

    [Fact]
    public void WriteString_BeyondAscii_IsWrittenAsItIs()
    {
        const string Text = "L’été à Noël : 漢字, 😀 <a href='x'> & \u2028\u00A0";

        Assert.Equal($"\"{Text}\"", Written.By((ref writer) => writer.WriteStringValue(Text)));
        Assert.Equal($"\"{Text}\"", Written.By((ref writer) => writer.WriteStringValue(Encoding.UTF8.GetBytes(Text))));
    }

    [Fact]
    public void WriteString_WithLoneSurrogates_ReplacesEach()
    {
        // An array, since attributes cannot hold lone surrogates.
        foreach (string text in new[] { "\uD83D", "\uDE00", "a\uD83D\"b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00" })
        {
            Assert.Equal(Expected(text), Written.By((ref writer) => writer.WriteStringValue(text)));
        }

        Assert.Equal("\"\uFFFD\uFFFD😀\"", Written.By((ref writer) => writer.WriteStringValue("\uDE00\uD83D\uD83D\uDE00")));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C3")]
    [InlineData("C322")]
    [InlineData("E29C")]
    [InlineData("E29C61")]
    [InlineData("F09F98")]
    [InlineData("EDA0BD")]
    [InlineData("C0AF")]
    [InlineData("61FFFE62")]
    [InlineData("F4908080")]
    public void WriteString_WithInvalidUtf8_ReplacesEachInvalidSequence(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.Equal(Expected(Encoding.UTF8.GetString(bytes)), Written.By((ref writer) => writer.WriteStringValue(bytes)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WriteString_WithFuzzedUtf16_IsWhatTheRuleSays(int seed)
    {
        foreach (string text in FuzzedStrings(seed))
        {
            string expected = Expected(text);

            Assert.Equal(expected, Written.By((ref writer) => writer.WriteStringValue(text)));
            Assert.Equal($"{{{expected}:{expected},{expected}:null}}", Written.By((ref writer) =>
            {
                writer.WriteStartObject();
                writer.WriteString(text, text);
                writer.WriteNull(text);
                writer.WriteEndObject();
            }));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WriteString_WithFuzzedUtf8_IsWhatTheRuleSays(int seed)
    {
        var random = new Random(seed);

        foreach (string text in FuzzedStrings(seed))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);

            if (bytes.Length > 0 && random.Next(2) == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            string expected = Expected(Encoding.UTF8.GetString(bytes));

            Assert.Equal($"{{{expected}:{expected}}}", Written.By((ref writer) =>
            {
                writer.WriteStartObject();
                writer.WriteString(bytes, bytes);
                writer.WriteEndObject();
            }));
        }
    }

    [Fact]
    public void WriteString_WithOneSpecialCharacterAtEveryPlaceOfEveryLength_FindsIt()
    {
        foreach (char special in Alphabet)
        {
            for (int length = 1; length <= 40; length++)
            {
                for (int place = 0; place < length; place++)
                {
                    string text = new string('x', place) + special + new string('y', length - place - 1);
                    byte[] bytes = Encoding.UTF8.GetBytes(text);

                    Assert.Equal(Expected(text), Written.By((ref writer) => writer.WriteStringValue(text)));
                    Assert.Equal(Expected(text), Written.By((ref writer) => writer.WriteStringValue(bytes)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WriteString_WithWellFormedText_ReadsBackAsItself(int seed)
    {
        foreach (string text in FuzzedStrings(seed))
        {
            string wellFormed = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

            using var document = JsonDocument.Parse(Written.BytesBy((ref writer) => writer.WriteStringValue(wellFormed)));

            Assert.Equal(wellFormed, document.RootElement.GetString());
        }
    }

    [Fact]
    public void WriteString_WithNull_WritesNull()
    {
        Assert.Equal("""[null,null,null,{"a":null,"b":null,"c":null,"d":null}]""", Written.By((ref writer) =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue(null);
            writer.WriteStringValue((string?)null);
            writer.WriteStringValue((Uri?)null);
            writer.WriteStartObject();
            writer.WriteString("a"u8, null);
            writer.WriteString("b", null);
            writer.WriteString("c"u8, (Uri?)null);
            writer.WriteString("d", (Uri?)null);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }));
    }

    [Fact]
    public void WriteString_WithUri_WritesItAsGiven()
    {
        var uri = new Uri("HTTPS://acme.example:443/a%2Fb?é=\"");

        Assert.Equal("""{"a":"HTTPS://acme.example:443/a%2Fb?é=\"","b":"HTTPS://acme.example:443/a%2Fb?é=\""}""", Written.By((ref writer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("a"u8, uri);
            writer.WriteString("b", uri);
            writer.WriteEndObject();
        }));
        Assert.Equal("\"/a\"", Written.By((ref writer) => writer.WriteStringValue(new Uri("/a", UriKind.Relative))));
    }

    [Fact]
    public void WriteString_WithSpansOnTheStack_Compiles()
    {
        Assert.Equal("""{"ab":"cd","ab":"ab"}""", Written.By((ref writer) =>
        {
            Span<byte> name = stackalloc byte[] { (byte)'a', (byte)'b' };
            Span<char> value = stackalloc char[] { 'c', 'd' };

            writer.WriteStartObject();
            writer.WriteString(name, value);
            writer.WriteString(name, name);
            writer.WriteEndObject();
        }));
    }

    private static IEnumerable<string> FuzzedStrings(int seed)
    {
        var random = new Random(seed);

        for (int i = 0; i < 1000; i++)
        {
            char[] text = new char[i < 990 ? random.Next(80) : random.Next(20_000)];
            int plainPercent = random.Next(101);

            for (int j = 0; j < text.Length; j++)
            {
                text[j] = random.Next(100) < plainPercent ? (char)random.Next('a', 'z' + 1) : Alphabet[random.Next(Alphabet.Length)];
            }

            yield return new string(text);
        }
    }

    private static string Expected(string text)
    {
        var expected = new StringBuilder("\"");

        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => expected.Append("\\\""),
                '\\' => expected.Append(@"\\"),
                '\b' => expected.Append(@"\b"),
                '\t' => expected.Append(@"\t"),
                '\n' => expected.Append(@"\n"),
                '\f' => expected.Append(@"\f"),
                '\r' => expected.Append(@"\r"),
                < 0x20 => expected.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => expected.Append(rune),
            };
        }

        return expected.Append('"').ToString();
    }
}
