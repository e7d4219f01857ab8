using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Webhooks.Sdk.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Json;

public sealed class JsonTranscoderTests
{
    [Fact]
    public void TryWrite_RandomTextIntoExactlyEnoughRoom_ReadsBackAndFits()
    {
        var random = new Random(1);

        for (int i = 0; i < 20_000; i++)
        {
            string text = RandomText(random, random.Next(100));
            byte[] room = new byte[(text.Length * 6) + 64];
            Assert.True(JsonTranscoder.TryWrite<MinimalEscaping>(text, room, out int length));
            string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

            Assert.Equal(expected, JsonSerializer.Deserialize<string>((byte[])[(byte)'"', .. room[..length], (byte)'"']));
            Assert.InRange(length, Encoding.UTF8.GetByteCount(text), JsonTranscoder.MaxLength(text));

            byte[] exact = new byte[length];
            Assert.True(JsonTranscoder.TryWrite<MinimalEscaping>(text, exact, out int again));
            Assert.Equal(room[..length], exact[..again]);
            Assert.Equal(length == 0, JsonTranscoder.TryWrite<MinimalEscaping>(text, exact.AsSpan(0, Math.Max(0, length - 1)), out _));
        }
    }

    [Fact]
    public void TryCopyPlain_TextOfEveryShortLength_CopiesOnlyWhatIsPlain()
    {
        for (int length = 0; length <= JsonText.MaxShortLength; length++)
        {
            string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
            byte[] room = new byte[48];

            Assert.True(JsonText.TryCopyPlain<MinimalEscaping>(text, ref room[0]));
            Assert.Equal(text, Encoding.ASCII.GetString(room, 0, length));
            Assert.Equal(-1, room.AsSpan(length).IndexOfAnyExcept((byte)0));

            for (int place = 0; place < length; place++)
            {
                foreach (char special in "\u0000\u001F\"\\\u0080\u00FF\u0100\u0122\u7F22\u8041\uD83D\uFF41\uFFFF")
                {
                    Assert.False(JsonText.TryCopyPlain<MinimalEscaping>(text.Remove(place, 1).Insert(place, special.ToString()), ref room[0]));
                }
            }
        }
    }

    private static string RandomText(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)(random.Next(8) switch
        {
            0 => random.Next(0x80),
            1 when random.Next(4) == 0 => random.Next(0x800),
            2 when random.Next(4) == 0 => random.Next(0x10000),
            3 when random.Next(4) == 0 => random.Next(0xD800, 0xE000),
            _ => random.Next('a', 'z'),
        })));
}
