using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests.Compiling;

public sealed class DiagnosticsTests
{
    private const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        using Webhooks.Sdk;

        """;

    /// <summary>
    /// Each with the text that the finding underlines between «».
    /// </summary>
    [Theory]
    [InlineData("WHK001", "[WebhookData] class «A»;", "'A' must be declared partial: the writer of 'A' is generated into it")]
    [InlineData("WHK001", "class «Outer» { [WebhookData] partial class A; }", "'Outer' must be declared partial: the writer of 'A'")]
    [InlineData("WHK002", "[WebhookData] static partial class «A»;", "a static class has no data")]
    [InlineData("WHK002", "[WebhookData] ref partial struct «A»;", "make it a struct")]
    [InlineData("WHK002", "[WebhookData] file partial class «A»;", "make it internal")]
    [InlineData("WHK003", "[WebhookData] partial class A { public object «B» { get; set; } }", "'A.B' cannot be written as JSON: an object can be of any type")]
    [InlineData("WHK003", "[WebhookData] partial class A { public dynamic «B» { get; set; } }", "any type")]
    [InlineData("WHK003", "[WebhookData] partial class A { public B «B» { get; set; } } class B;", "'B' has no writer; mark it with [WebhookData] as well")]
    [InlineData("WHK003", "[WebhookData] partial class A { public Version «B» { get; set; } }", "'Version' has no writer; use a type with [WebhookData]")]
    [InlineData("WHK003", "[WebhookData] partial class A { public (int, int) «B» { get; set; } }", "has no writer; use a type")]
    [InlineData("WHK003", "[WebhookData] partial class A { public int[,] «B» { get; set; } }", "use an array of arrays")]
    [InlineData("WHK003", "[WebhookData] partial class A { public List<B> «B» { get; set; } } class B;", "'B' has no writer")]
    [InlineData("WHK003", "[WebhookData] partial class A { public IEnumerable<int> «B» { get; set; } }", "use IReadOnlyList<T>")]
    [InlineData("WHK003", "[WebhookData] partial class A { public IEnumerable «B» { get; set; } }", "has no writer")]
    [InlineData("WHK003", "[WebhookData] partial class A { public JsonNode «B» { get; set; } }", "has no writer")]
    [InlineData("WHK003", "[WebhookData] partial class A { public Dictionary<int, int> «B» { get; set; } }", "the keys of 'Dictionary<int, int>' are no strings")]
    [InlineData("WHK003", "[WebhookData] partial class A { public Odd «B» { get; set; } } class Odd : List<Odd>;", "contains itself")]
    [InlineData("WHK003", "[WebhookData] partial class A<T> { public T «B» { get; set; } }", "where T : IWebhookData")]
    [InlineData("WHK003", "[WebhookData] partial class A { public C «B» { get; set; } } [WebhookData] partial class B; class C : B;", "'C' has no writer")]
    [InlineData("WHK003", "[WebhookData] partial class A { public C «B» { get; set; } } [JsonConverter(typeof(D))] enum C; class D : JsonStringEnumConverter<C>;", "'C' has a converter")]
    [InlineData("WHK003", "[WebhookData] partial class A { public C «B» { get; set; } } [Flags, JsonConverter(typeof(JsonStringEnumConverter<C>))] enum C;", "'C' has [Flags]")]
    [InlineData("WHK004", "[WebhookData] partial class A { public int B { get; set; } [JsonPropertyName(\"b\")] public int «C» { get; set; } }", "'B' and 'C' would both be written as \"b\"")]
    [InlineData("WHK005", "[WebhookData] partial class A { [JsonConverter(typeof(D))] public int «B» { get; set; } } class D : JsonStringEnumConverter;", "[JsonConverter] on 'A.B' would change the JSON")]
    [InlineData("WHK005", "[WebhookData] partial class A { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int «B» { get; set; } }", "[JsonNumberHandling] on 'A.B'")]
    [InlineData("WHK005", "[WebhookData] partial class A { [JsonExtensionData] public Dictionary<string, string> «B» { get; set; } }", "[JsonExtensionData] on 'A.B'")]
    [InlineData("WHK005", "[WebhookData, JsonDerivedType(typeof(B))] partial class «A»; class B : A;", "[JsonDerivedType] on 'A'")]
    [InlineData("WHK006", "[«WebhookData(Naming = (JsonKnownNamingPolicy)17)»] partial class A;", "Naming of [WebhookData] on 'A' must be a member of JsonKnownNamingPolicy")]
    [InlineData("WHK006", "[«WebhookData(DefaultIgnoreCondition = JsonIgnoreCondition.Always)»] partial class A;", "must be Never, WhenWritingNull or WhenWritingDefault")]
    public void Generate_WhatCannotBeWritten_IsToldAtItsPlace(string id, string marked, string message)
    {
        string source = Usings + marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);

        GeneratorDriverRunResult result = UserCode.Generate(source);

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(marked.Split('«', '»')[1], source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal("User0.cs", diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void Generate_OldLanguage_IsTold()
    {
        GeneratorDriverRunResult result = UserCode.Generate(Usings + "[WebhookData] partial class A { }", new CSharpParseOptions(LanguageVersion.CSharp10));

        Assert.Equal("WHK007", Assert.Single(result.Diagnostics).Id);
        Assert.Empty(result.GeneratedTrees);
    }

    [Theory]
    [InlineData("[WebhookData] public partial class A { public A? B { get; set; } }")]
    [InlineData("public partial class O { [WebhookData] private partial class A { public int B { get; set; } } }")]
    [InlineData("public partial interface IO { [WebhookData] public sealed partial class A { public int @class { get; set; } } }")]
    [InlineData("[WebhookData] public partial class A<T> where T : IWebhookData { public T? B { get; set; } public List<T>? C { get; set; } }")]
    [InlineData("[WebhookData] public partial class A { public IB? B { get; set; } public IWebhookData? C { get; set; } } public interface IB : IWebhookData;")]
    [InlineData("[WebhookData] public partial class A { [Obsolete] public int B { get; set; } [Obsolete(\"C\")] public int? C { get; set; } }")]
    [InlineData("[WebhookData] public partial class A { public int position { get; set; } public int? value1 { get; set; } public string? global { get; set; } }")]
    [InlineData("namespace Webhooks.Sdk.Mine { [WebhookData] public partial class System { public System? Webhooks { get; set; } public List<int>? Global { get; set; } } }")]
    [InlineData("[WebhookData] public partial class A { public ArraySegment<int> B { get; set; } public Memory<int> C { get; set; } public Queue<int?>? D { get; set; } }")]
    [InlineData("[WebhookData] public partial class A { [JsonIgnore] public object? B { get; set; } [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)] public object? C { get; set; } }")]
    [InlineData("[WebhookData] public readonly partial struct A { public nint B { get; init; } public nuint? C { get; init; } public List<A>? D { get; init; } }")]
    [InlineData("[WebhookData] public partial class A { public B<int>? C { get; set; } } [WebhookData] public partial class B<T> { public int D { get; set; } }")]
    public void Generate_WhatCanBeWritten_CompilesWithoutWarnings(string source)
    {
        (_, var problems) = UserCode.CompileWithGenerated(Usings + source);

        Assert.Empty(problems.Where(problem => problem.Id != "CS8019"));
    }
}
