using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace Webhooks.Sdk.Retry;

/// <summary>
/// A member of a JSON object, named by the names on the way to it: <c>error.code</c>.
/// </summary>
internal sealed class JsonMember
{
    private const int MostNames = 8;

    private readonly string[] _names;

    /// <exception cref="ArgumentException"><paramref name="path"/> is no path of 1 to 8 names parted by full stops.</exception>
    public JsonMember(string path, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, paramName);
        Path = path;
        _names = path.Split('.');

        if (_names.Length > MostNames || Array.Exists(_names, static name => name.Length == 0))
        {
            throw new ArgumentException($"The path of a JSON member is 1 to {MostNames} names parted by full stops, such as error.code, but was '{path}'.", paramName);
        }
    }

    public string Path { get; }

    /// <summary>
    /// Reads every value that the member has (a name may come twice), as far as the text is JSON: a string's text, other values as they are written,
    /// null for an object or an array. Never throws, whatever the text.
    /// </summary>
    public List<string?> ReadAll(ReadOnlySpan<byte> utf8)
    {
        List<string?> values = [];

        // Not the final block: what is cut off is no error, and half a number is no number.
        var reader = new Utf8JsonReader(utf8, isFinalBlock: false, state: default);

        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, _names, values);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON from here on, or text with half of a surrogate pair.
        }

        return values;
    }

    private static bool ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<string> names, List<string?> values)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isOnTheWay = reader.ValueTextEquals(names[0]);

            if (!reader.Read())
            {
                return false;
            }

            if (isOnTheWay && names.Length > 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                if (!ReadObject(ref reader, names[1..], values))
                {
                    return false;
                }

                continue;
            }

            if (isOnTheWay && names.Length == 1)
            {
                values.Add(ReadValue(in reader));
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static string? ReadValue(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject or JsonTokenType.StartArray => null,
        JsonTokenType.String => reader.GetString(),
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };
}
