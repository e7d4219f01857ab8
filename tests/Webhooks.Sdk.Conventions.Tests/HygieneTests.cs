using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>
/// Tests that wait for a clock are slow or flaky, and those that cannot fail or do not run prove nothing.
/// </summary>
public sealed class HygieneTests
{
    [Fact]
    public void Tests_EveryFile_ProvesSomethingWithoutSleeping()
    {
        Expect.None(Repository.Files
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => Check(path, Repository.Read(path))));
    }

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("await Task.Delay(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);")]
    [InlineData("Assert.True(true);")]
    [InlineData("Assert.False(false, \"never\");")]
    [InlineData("[Fact(Skip = \"\")] void A() { }")]
    [InlineData("[Theory(DisplayName = \"B\", Skip = \"  \")] void A() { }")]
    public void Check_WhatProvesNothing_IsReported(string code)
    {
        Assert.StartsWith("A.cs:2: ", Assert.Single(Check("A.cs", $"\n{code}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Fact(Skip = \"PostgreSQL is not installed.\")] void A() { }")]
    [InlineData("[Fact(Skip = Reason)] void A() { }")]
    [InlineData("await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);")]
    [InlineData("Assert.True(truth); // not Assert.True(true)")]
    [InlineData("string a = \"Thread.Sleep(1)\"; list.Skip(1);")]
    public void Check_WhatOnlyResemblesIt_IsNotReported(string code)
    {
        Assert.Empty(Check("A.cs", code));
    }

    private static IEnumerable<string> Check(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview, kind: SourceCodeKind.Script), path)
            .GetRoot()
            .DescendantNodes()
            .Where(node => node switch
            {
                InvocationExpressionSyntax call => ProvesNothing(call),
                AttributeArgumentSyntax { NameEquals.Name.Identifier.Text: "Skip", Expression: LiteralExpressionSyntax reason } =>
                    string.IsNullOrWhiteSpace(reason.Token.ValueText),
                _ => false,
            })
            .Select(node => $"{node.GetLocation().Place()}: {node}");

    private static bool ProvesNothing(InvocationExpressionSyntax call)
    {
        string method = string.Join('.', call.Expression.ToString().Split('.').TakeLast(2));
        string? argument = call.ArgumentList.Arguments.FirstOrDefault()?.ToString();

        return (method, argument) is ("Thread.Sleep", _)
            or ("Task.Delay", not ("Timeout.Infinite" or "Timeout.InfiniteTimeSpan"))
            or ("Assert.True", "true") or ("Assert.False", "false");
    }
}
