using System;
using System.Collections;
using System.Collections.Generic;

namespace Webhooks.Sdk.Json;

/// <summary>
/// Writes pairs of names and values as a JSON object, by the values' own types and without reflection.
/// </summary>
/// <remarks>
/// Taken are null, strings, characters, truth values, numbers, dates, times, GUIDs, URIs, <see cref="byte"/> arrays (as Base64), JSON elements and
/// nodes, pairs with string names again, and arrays and lists of all these. Anything else is refused, and so is a name that is null or
/// occurs twice in the same object.
/// </remarks>
internal static partial class JsonPairs
{
    /// <summary>
    /// Gives the pairs as the UTF-8 text of one JSON object.
    /// </summary>
    /// <exception cref="ArgumentException">A name is null or occurs twice, or a value is of no kind that can be written.</exception>
    public static byte[] ToUtf8Bytes<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        Write(ref writer, pairs);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>
    /// Writes the pairs as one JSON object, where the writer expects a value.
    /// </summary>
    /// <inheritdoc cref="ToUtf8Bytes{TValue}"/>
    public static void Write<TValue>(ref WebhookJsonWriter writer, IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);

        WriteObject(ref writer, pairs);
    }

    private static void WriteObject<TValue>(ref WebhookJsonWriter writer, IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();

        foreach ((string name, TValue value) in pairs)
        {
            WriteMember(ref writer, names, name, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteObject(ref WebhookJsonWriter writer, string member, IDictionary dictionary)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();

        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is not string name)
            {
                throw Refused(member, $"is a dictionary whose keys are {entry.Key.GetType()}; names of JSON members are strings");
            }

            WriteMember(ref writer, names, name, entry.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(ref WebhookJsonWriter writer, HashSet<string> names, string? name, object? value)
    {
        if (name is null)
        {
            throw NameIsNull();
        }

        if (!names.Add(name))
        {
            throw Refused(name, "occurs twice in the same object; receivers would disagree about which one counts");
        }

        writer.WritePropertyName(name);
        WriteValue(ref writer, name, value);
    }

    private static void WriteValue(ref WebhookJsonWriter writer, string member, object? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else if (!TryWriteScalar(ref writer, member, value) && !TryWriteJson(ref writer, member, value))
        {
            WriteContainer(ref writer, member, value);
        }
    }

    private static void WriteContainer(ref WebhookJsonWriter writer, string member, object value)
    {
        if (writer.CurrentDepth == WebhookJsonWriter.MaxDepth)
        {
            throw Refused(member, "is nested deeper than 64 levels, or contains itself");
        }

        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                WriteObject(ref writer, pairs);
                break;
            case IEnumerable<KeyValuePair<string, string?>> pairs:
                WriteObject(ref writer, pairs);
                break;
            case IDictionary dictionary:
                WriteObject(ref writer, member, dictionary);
                break;
            case Array { Rank: not 1 }:
                throw Unknown(member, value);
            case IList list:
                WriteArray(ref writer, member, list);
                break;
            default:
                throw Unknown(member, value);
        }
    }

    private static void WriteArray(ref WebhookJsonWriter writer, string member, IList list)
    {
        writer.WriteStartArray();

        foreach (object? element in list)
        {
            WriteValue(ref writer, member, element);
        }

        writer.WriteEndArray();
    }

    private static ArgumentException Unknown(string member, object value) =>
        Refused(member, $"is a {value.GetType()}, which pairs cannot hold; use WithJson(value, JsonTypeInfo) for types of your own");

    private static ArgumentException Refused(string member, string problem, string parameterName = "pairs") =>
        new($"The member '{member}' {problem}.", parameterName);

    private static ArgumentException NameIsNull(string parameterName = "pairs") =>
        new("The name of a member is null; every pair needs one.", parameterName);
}
