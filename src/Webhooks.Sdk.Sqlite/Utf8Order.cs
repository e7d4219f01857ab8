using System.Collections.Generic;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Orders texts as SQLite orders their UTF-8: by code point. UTF-16 differs where surrogates meet characters from U+E000 on.
/// </summary>
internal sealed class Utf8Order : IComparer<string?>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        for (int i = 0; i < x.Length && i < y.Length; i++)
        {
            if (x[i] != y[i])
            {
                bool isSurrogate = char.IsSurrogate(x[i]);
                return isSurrogate == char.IsSurrogate(y[i]) ? x[i] - y[i] : isSurrogate ? 1 : -1;
            }
        }

        return x.Length - y.Length;
    }
}
