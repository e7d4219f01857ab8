using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class AsyncTests
{
    /// <summary>
    /// Interfaces that users replace or decorate. They cannot grow, so what can be built on the one method is an extension.
    /// </summary>
    private static readonly string[] SingleMethodInterfaces =
        ["IWebhookClient", "IWebhookPublisher", "IWebhookOutbox", "ISkalinClient", "IHarmonyClient"];

    [Fact]
    public void Sources_EveryPublicTask_IsNamedAsyncAndTakesATokenLast()
    {
        Expect.None(SourceTree.All.SelectMany(CheckMethods));
    }

    [Fact]
    public void Sources_InterfacesThatUsersReplace_HaveOneMethodOfIO()
    {
        Expect.None(SourceTree.All.SelectMany(CheckInterfaces));
    }

    [Theory]
    [InlineData("public Task Send(CancellationToken cancellationToken = default) => null!;", "does not end in Async")]
    [InlineData("public Task<int> SendAsync() => null!;", "last parameter")]
    [InlineData("public ValueTask SendAsync(CancellationToken cancellationToken) => default;", "last parameter")]
    [InlineData("public ValueTask<int> SendAsync(CancellationToken token = default) => default;", "last parameter")]
    [InlineData("public Task SendAsync(CancellationToken cancellationToken = default, int count = 0) => null!;", "last parameter")]
    public void CheckMethods_MethodThatBreaksTheRule_IsReported(string method, string expected)
    {
        Assert.Contains(expected, Assert.Single(CheckMethods(Class(method))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public Task SendAsync(int count, CancellationToken cancellationToken = default) => null!;")]
    [InlineData("public ValueTask DisposeAsync() => default;")]
    [InlineData("internal Task Send() => null!;")]
    [InlineData("public Task Completion { get; }")]
    [InlineData("public delegate Task Handler(int count);")]
    public void CheckMethods_MethodThatFollowsTheRuleOrAForeignContract_IsNotReported(string member)
    {
        Assert.Empty(CheckMethods(Class(member)));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("Task A();", 0)]
    [InlineData("Task A(); int B();", 0)]
    [InlineData("Task A(); Task<int> B();", 1)]
    public void CheckInterfaces_AnyOtherNumberThanOne_IsReported(string members, int expected)
    {
        SourceTree sources = SourceTree.Of(
            ("A.cs", $"using System.Threading.Tasks; public interface IWebhookClient {{ {members} }} public interface IOther {{ }}"));

        Assert.Equal(expected, CheckInterfaces(sources).Count());
    }

    private static SourceTree Class(string member) =>
        SourceTree.Of(("A.cs", $"using System; using System.Threading; using System.Threading.Tasks; public sealed class A : IAsyncDisposable {{ {member} }}"));

    private static IEnumerable<string> CheckMethods(SourceTree sources)
    {
        foreach (IMethodSymbol method in sources.Types.Where(type => type.IsVisibleOutside()).SelectMany(OwnPublicTasks))
        {
            if (!method.Name.EndsWith("Async", StringComparison.Ordinal))
            {
                yield return $"{method.Place()}: {method.ToDisplayString()} does not end in Async.";
            }

            if (method.Parameters is not [.., { Name: "cancellationToken", Type.Name: "CancellationToken", HasExplicitDefaultValue: true }])
            {
                yield return $"{method.Place()}: the last parameter of {method.ToDisplayString()} is not CancellationToken cancellationToken = default.";
            }
        }
    }

    private static IEnumerable<string> CheckInterfaces(SourceTree sources) =>
        from type in sources.Types
        where SingleMethodInterfaces.Contains(type.Name)
        let count = type.GetMembers().OfType<IMethodSymbol>().Count(ReturnsTask)
        where count != 1
        select $"{type.Place()}: {type.Name} has {count} methods that return a task; it must have one.";

    private static IEnumerable<IMethodSymbol> OwnPublicTasks(INamedTypeSymbol type)
    {
        // The shape of an override, or of what another library's interface asks for, is not ours to choose.
        ISymbol?[] foreign =
        [
            .. type.AllInterfaces
                .Where(contract => !contract.ContainingAssembly.Name.StartsWith("Webhooks.Sdk", StringComparison.Ordinal))
                .SelectMany(contract => contract.GetMembers())
                .Select(type.FindImplementationForInterfaceMember),
        ];

        return type.GetMembers().OfType<IMethodSymbol>().Where(method =>
            method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsOverride: false, IsImplicitlyDeclared: false }
            && ReturnsTask(method)
            && !foreign.Contains(method, SymbolEqualityComparer.Default));
    }

    private static bool ReturnsTask(IMethodSymbol method) =>
        method.ReturnType is { Name: "Task" or "ValueTask" } && method.MethodKind == MethodKind.Ordinary;
}
