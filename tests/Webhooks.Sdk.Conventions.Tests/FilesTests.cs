using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed partial class FilesTests
{
    private const int MostLines = 300;

    [Fact]
    public void Sources_EveryFile_HoldsOneTypeOfItsName()
    {
        Expect.None(SourceTree.All.SelectMany(CheckTypes));
    }

    [Fact]
    public void Sources_EveryFile_IsShort()
    {
        Expect.None(SourceTree.All.SelectMany(CheckLength));
    }

    [Fact]
    public void Sources_EveryFile_IsFinished()
    {
        Expect.None(SourceTree.All.SelectMany(CheckText));
    }

    [Theory]
    [InlineData("A.cs", "class A; class B;", "A.cs:1: holds A and B; each needs its own file.")]
    [InlineData("A.cs", "namespace N; delegate void B();", "A.cs:1: holds B, so it must be called B.cs.")]
    [InlineData("Http/A.cs", "enum B { }", "Http/A.cs:1: holds B, so it must be called B.cs.")]
    [InlineData("AMore.cs", "partial class A;", "AMore.cs:1: holds A, so it must be called A.cs.")]
    public void CheckTypes_FileThatBreaksTheRule_IsReported(string path, string text, string expected)
    {
        Assert.Equal([expected], CheckTypes(SourceTree.Of((path, text))));
    }

    [Theory]
    [InlineData("A.cs", "namespace N { class A { class B; } }")]
    [InlineData("A.Part.cs", "partial class A;")]
    [InlineData("AOfT.cs", "class A<T>;")]
    [InlineData("AssemblyAttributes.cs", "[assembly: System.CLSCompliant(false)]")]
    public void CheckTypes_FileThatFollowsTheRule_IsNotReported(string path, string text)
    {
        Assert.Empty(CheckTypes(SourceTree.Of((path, text))));
    }

    [Theory]
    [InlineData(MostLines, 0)]
    [InlineData(MostLines + 1, 1)]
    public void CheckLength_CountsLines(int lines, int expected)
    {
        string text = string.Concat(Enumerable.Repeat("//\n", lines));

        Assert.Equal(expected, CheckLength(SourceTree.Of(("A.cs", text))).Count());
    }

    [Theory]
    [InlineData("// TODO: later", 1)]
    [InlineData("/* FIXME */", 1)]
    [InlineData("var a = new NotImplementedException();", 1)]
    [InlineData("    #region Fields", 1)]
    [InlineData("#pragma warning disable CA1031", 1)]
    [InlineData("#pragma warning disable CA1031 //", 1)]
    [InlineData("#pragma warning disable CA1031 // The worker must survive what a user's code throws.", 0)]
    [InlineData("#pragma warning restore CA1031", 0)]
    [InlineData("var methodology = \"HACKNEY\";", 0)]
    public void CheckText_UnfinishedOrUnexplained_IsReported(string line, int expected)
    {
        Assert.Equal(expected, CheckText(SourceTree.Of(("A.cs", $"\n{line}\n"))).Count(finding => finding.StartsWith("A.cs:2: ", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> CheckTypes(SourceTree sources)
    {
        foreach (SyntaxTree file in sources.Compilation.SyntaxTrees)
        {
            (string Name, int Arity)[] types =
            [
                .. file.GetCompilationUnitRoot()
                    .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
                    .Select(NameOf)
                    .Where(type => type.Name.Length > 0),
            ];
            string stem = Path.GetFileName(file.FilePath).Split('.')[0];

            if (types.Length > 1)
            {
                yield return $"{file.FilePath}:1: holds {string.Join(" and ", types.Select(type => type.Name))}; each needs its own file.";
            }
            else if (types is [var (name, arity)] && stem != name && !(arity > 0 && stem == $"{name}OfT"))
            {
                yield return $"{file.FilePath}:1: holds {name}, so it must be called {name}.cs.";
            }
        }
    }

    private static (string Name, int Arity) NameOf(SyntaxNode node) => node switch
    {
        TypeDeclarationSyntax type => (type.Identifier.Text, type.Arity),
        EnumDeclarationSyntax type => (type.Identifier.Text, 0),
        DelegateDeclarationSyntax type => (type.Identifier.Text, type.Arity),
        _ => ("", 0),
    };

    private static IEnumerable<string> CheckLength(SourceTree sources) =>
        from file in sources.Compilation.SyntaxTrees
        let lines = file.ToString().AsSpan().TrimEnd('\n').Count('\n') + 1
        where lines > MostLines
        select $"{file.FilePath}:{lines}: has {lines} lines; {MostLines} is the most.";

    private static IEnumerable<string> CheckText(SourceTree sources) =>
        from file in sources.Compilation.SyntaxTrees
        from line in file.ToString().Split('\n').Index()
        where Unfinished.IsMatch(line.Item) || UnexplainedPragma.IsMatch(line.Item)
        select $"{file.FilePath}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|#region", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex(@"^\s*#pragma warning disable[^/]*(//\s*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnexplainedPragma { get; }
}
