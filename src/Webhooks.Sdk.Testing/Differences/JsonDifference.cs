using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace Webhooks.Sdk.Testing.Differences;

/// <summary>
/// Compares JSON by value: the order of members and the form of numbers and escapes do not count.
/// </summary>
internal static class JsonDifference
{
    private const int MostShown = 20;

    /// <returns>The differences, one a line, each with its path; null when there are none.</returns>
    /// <exception cref="ArgumentException"><paramref name="expected"/> is not JSON.</exception>
    public static string? Between(string expected, ReadOnlyMemory<byte> actual, string paramName)
    {
        using JsonDocument expectedDocument = ParseExpected(expected, paramName);
        JsonDocument actualDocument;

        try
        {
            actualDocument = JsonDocument.Parse(actual);
        }
        catch (JsonException exception)
        {
            return $"$: is not JSON: {exception.Message}";
        }

        using (actualDocument)
        {
            if (JsonElement.DeepEquals(expectedDocument.RootElement, actualDocument.RootElement))
            {
                return null;
            }

            string[] differences = [.. Compare("$", expectedDocument.RootElement, actualDocument.RootElement).Take(MostShown + 1)];

            return differences switch
            {
                [] => "$: some object has two members of the same name.",
                { Length: > MostShown } => string.Join('\n', [.. differences[..MostShown], "…"]),
                _ => string.Join('\n', differences),
            };
        }
    }

    private static JsonDocument ParseExpected(string expected, string paramName)
    {
        try
        {
            return JsonDocument.Parse(expected);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"What is expected is not JSON: {exception.Message}", paramName, exception);
        }
    }

    private static IEnumerable<string> Compare(string path, JsonElement expected, JsonElement actual)
    {
        if (JsonElement.DeepEquals(expected, actual))
        {
            return [];
        }

        return (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => CompareObjects(path, expected, actual),
            (JsonValueKind.Array, JsonValueKind.Array) => CompareArrays(path, expected, actual),
            _ => [$"{path}: expected {expected.GetRawText()}, but was {actual.GetRawText()}"],
        };
    }

    private static IEnumerable<string> CompareObjects(string path, JsonElement expected, JsonElement actual)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            string memberPath = $"{path}.{member.Name}";

            if (!actual.TryGetProperty(member.Name, out JsonElement value))
            {
                yield return $"{memberPath}: expected {member.Value.GetRawText()}, but is missing";
                continue;
            }

            foreach (string difference in Compare(memberPath, member.Value, value))
            {
                yield return difference;
            }
        }

        foreach (JsonProperty member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                yield return $"{path}.{member.Name}: not expected, but was {member.Value.GetRawText()}";
            }
        }
    }

    private static IEnumerable<string> CompareArrays(string path, JsonElement expected, JsonElement actual)
    {
        (int expectedLength, int actualLength) = (expected.GetArrayLength(), actual.GetArrayLength());

        if (expectedLength != actualLength)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}: expected {expectedLength} items, but has {actualLength}");
        }

        for (int i = 0; i < Math.Min(expectedLength, actualLength); i++)
        {
            foreach (string difference in Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), expected[i], actual[i]))
            {
                yield return difference;
            }
        }
    }
}
