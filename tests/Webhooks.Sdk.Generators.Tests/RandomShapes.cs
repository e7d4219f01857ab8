using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Invents types with <c>[WebhookData]</c>. Members refer to the types before their own.
/// </summary>
internal static class RandomShapes
{
    private static readonly string[] Structs =
    [
        "int", "uint", "long", "ulong", "short", "ushort", "byte", "sbyte", "double", "float", "decimal", "bool", "char", "Half", "Int128", "UInt128",
        "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Guid", "DayOfWeek",
    ];

    private static readonly string[] Classes = ["string", "Uri", "byte[]"];

    private static readonly string[] Keywords = ["class", "struct", "record", "record struct"];

    public static string Source(Random random, int count)
    {
        var source = new StringBuilder(
            """
            #pragma warning disable CS8618
            using System;
            using System.Collections.Generic;
            using System.Collections.Immutable;
            using System.Text.Json.Serialization;
            using Webhooks.Sdk;
            namespace Random;

            """);

        for (int i = 0; i < count; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"[WebhookData] public partial {Pick(random, Keywords)} T{i} {{\n");

            for (int j = random.Next(8); j >= 0; j--)
            {
                string type = Type(random, i, nesting: 0);
                source.Append(CultureInfo.InvariantCulture, $"    {Attribute(random, type)}public {type} Member{j}Ab {{ get; set; }}\n");
            }

            source.Append("}\n");
        }

        return source.ToString();
    }

    private static string Type(Random random, int before, int nesting)
    {
        string type = (random.Next(nesting > 2 ? 3 : 6), before) switch
        {
            (0, _) => Pick(random, Structs),
            (1, _) => Pick(random, Classes),
            (2, > 0) => "T" + random.Next(before).ToString(CultureInfo.InvariantCulture),
            (3, _) => Element("List<{0}>"),
            (4, _) => Element(Pick(random, "{0}[]", "IReadOnlyList<{0}>", "ICollection<{0}>", "ImmutableList<{0}>")),
            (5, _) => Element("Dictionary<string, {0}>"),
            _ => "string",
        };

        // All references may be null, whatever is declared; only structs differ.
        return type.EndsWith('?') ? type : random.Next(2) == 0 || !IsStruct(type) ? type + "?" : type;

        string Element(string list) => string.Format(CultureInfo.InvariantCulture, list, Type(random, before, nesting + 1));
    }

    private static bool IsStruct(string type) => Structs.Contains(type) || type[0] == 'T';

    private static string Attribute(Random random, string type) => random.Next(5) switch
    {
        0 when type.EndsWith('?') && !IsStructOrUnknown(type) => "[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ",
        1 => "[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ",
        2 => $"[JsonPropertyOrder({random.Next(-2, 3).ToString(CultureInfo.InvariantCulture)})] ",
        _ => "",
    };

    private static bool IsStructOrUnknown(string type) => type[0] == 'T';

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
