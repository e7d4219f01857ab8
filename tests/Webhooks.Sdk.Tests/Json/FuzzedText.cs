using System;
using System.Text;

namespace Webhooks.Sdk.Tests.Json;

/// <summary>
/// Makes texts that a writer of JSON may get wrong: of lengths around those of vectors, plain but for a few places or not at all plain, with controls, lone
/// surrogates and characters of all planes.
/// </summary>
internal static class FuzzedText
{
    private static readonly int[] Edges = [0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 127, 128, 129, 255, 256, 257, 258, 600];

    // What some escaping or encoding treats in its own way.
    private const string Special = "\"\\/&'+<>`\b\t\n\v\f\r\0\u0001\u000B\u001F\u007F\u0080\u00A0\u0085é\u07FF\u0800\u2028\u2029漢\uD7FF\uE000\uFEFF\uFFFD\uFFFE\uFFFF";

    public static string Next(Random random)
    {
        // Most text is short; one in a hundred is long.
        int edges = random.Next(100) == 0 ? Edges.Length : Edges.Length - 10;
        char[] text = new char[Math.Max(0, Edges[random.Next(edges)] + random.Next(-2, 3))];
        int plainPercent = random.Next(4) switch { 0 => 100, 1 => 97, 2 => 80, _ => random.Next(80) };
        int kind = random.Next(6);

        for (int i = 0; i < text.Length; i++)
        {
            text[i] = random.Next(100) < plainPercent ? (char)random.Next('0', 'z' + 1) : Unusual(random, kind);

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && random.Next(50) != 0)
            {
                text[++i] = (char)random.Next(0xDC00, 0xE000);
            }
        }

        return new string(text);
    }

    /// <summary>
    /// Makes UTF-8 that is invalid here and there.
    /// </summary>
    public static byte[] NextUtf8(Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Next(random));

        for (int i = random.Next(4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    /// <summary>
    /// Gives the text as it is when its lone surrogates are replaced.
    /// </summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static char Unusual(Random random, int kind) => kind switch
    {
        0 => Special[random.Next(Special.Length)],
        1 => (char)random.Next(0x80, 0x800),
        2 => (char)random.Next(0x4E00, 0xA000),
        3 => (char)random.Next(0xD800, 0xDC00),
        4 => (char)random.Next(0x80),
        _ => (char)random.Next(0x10000),
    };
}
