using System;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests.Compiling;

/// <summary>
/// What is generated is read by people: changes are looked at before they are accepted.
/// </summary>
public sealed class ApprovedSourcesTests
{
    public static TheoryData<string, string> Sources { get; } = new()
    {
        {
            "Activation",
            """
            using System;
            using Webhooks.Sdk;

            namespace Acme.Billing;

            [WebhookData]
            public partial record Activation(string CustomerId, DateTimeOffset OccurredAt, int Score);
            """
        },
        {
            "EveryKind",
            """
            using System;
            using System.Collections.Generic;
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using Webhooks.Sdk;

            [WebhookData]
            partial struct EveryKind
            {
                public string Text { get; set; }
                public Uri? Link { get; set; }
                public Guid? Id { get; set; }
                public byte Small { get; set; }
                public bool Truth { get; set; }
                [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))]
                public DayOfWeek? Day { get; set; }
                public DayOfWeek Number { get; set; }
                public byte[]? Bytes { get; set; }
                public ReadOnlyMemory<byte> Memory { get; set; }
                public JsonElement Element { get; set; }
                public int[]? Numbers { get; set; }
                public IReadOnlyList<List<string?>> Lines { get; set; }
                public Dictionary<string, decimal?> Pairs { get; set; }
            }
            """
        },
        {
            "LeftOut",
            """
            using System.Text.Json.Serialization;
            using Webhooks.Sdk;

            namespace Acme;

            partial class Outer<T>
            {
                [WebhookData(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
                sealed partial class LeftOut
                {
                    public string? First { get; set; }
                    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
                    public int Count { get; set; }
                    public LeftOut? Inner { get; set; }
                    public bool Last { get; set; }
                }
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Generate_Source_IsTheApprovedOne(string name, string source)
    {
        (_, var problems) = UserCode.CompileWithGenerated(source);
        string actual = Assert.Single(UserCode.Generate(source).GeneratedTrees).ToString();

        string path = Path.Combine(FindProject(), "Approved", name + ".cs.txt");

        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Empty(problems);
        Assert.Equal(File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", actual);
    }

    [Fact]
    public void Generate_FileNames_TellTheTypes()
    {
        string[] names =
        [
            .. Sources.SelectMany(row => UserCode.Generate((string)row[1]).Results.Single().GeneratedSources).Select(source => source.HintName),
        ];

        Assert.Equal(["Acme.Billing.Activation.WebhookData.g.cs", "EveryKind.WebhookData.g.cs", "Acme.Outer-1.LeftOut.WebhookData.g.cs"], names);
    }

    // The path that the compiler knows will not do: a deterministic build maps it away.
    private static string FindProject()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);

        while (!File.Exists(Path.Combine(folder.FullName, "Webhooks.Sdk.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests has Webhooks.Sdk.sln.");
        }

        return Path.Combine(folder.FullName, "tests", "Webhooks.Sdk.Generators.Tests");
    }
}
