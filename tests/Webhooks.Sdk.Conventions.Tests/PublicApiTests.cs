using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class PublicApiTests
{
    private const string Approved = "tests/Webhooks.Sdk.Conventions.Tests/Approved/";

    private static readonly string[] PackageNames =
    [
        .. Repository.SourceProjects
            .Where(path => !Repository.Read(path).Contains("<IsPackable>false", StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)),
    ];

    public static TheoryData<string> Packages { get; } = [.. PackageNames];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_PublicSurface_IsTheApprovedOne(string package)
    {
        string approvedPath = Repository.PathOf($"{Approved}{package}.txt");
        string actual = PublicApi.Describe(SourceTree.Built(package));
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(approvedPath, actual);
        }

        string? approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : null;

        if (approved != actual)
        {
            Assert.Fail($"""
                The public surface of {package} is not the one in {Approved}{package}.txt (-: approved, +: built).
                To accept it, run this test with the environment variable APPROVE=1, and commit the file.
                {string.Join('\n', TextDiff.Lines(approved ?? "", actual))}
                """);
        }
    }

    [Fact]
    public void ApprovedFiles_EachHasItsPackage()
    {
        IEnumerable<string?> approved = Repository.Files
            .Where(path => path.StartsWith(Approved, StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Empty(approved.Except(PackageNames));
    }

    [Fact]
    public void Describe_EveryKindOfMember_IsShownInFull()
    {
        const string Source = """
            #nullable enable
            using System;
            using System.Threading;
            namespace N
            {
                public enum Colour : byte { Red, Green = 5, Blue = 1 }
                [Flags] public enum Bits { None, One }
                public delegate int Judge<in T>(T? value);
                public ref struct Writer { public ref int Place => throw null!; public readonly void Flush() { } }
                public readonly struct Span : IEquatable<Span> { public bool Equals(Span other) => true; }
                public interface IClient { System.Threading.Tasks.Task SendAsync(string? text, CancellationToken cancellationToken = default); }
                public static class Extensions { public static T As<T>(this object self, int limit = 3) where T : class, new() => null!; public const string Name = "n"; }
                public abstract class Shape { protected Shape(int sides) { } protected abstract void Draw(); internal void Hidden() { } private int _field; }
                public sealed class Square : Shape, IDisposable
                {
                    private Square() : base(4) { }
                    public required string Name { get; init; }
                    public int Size { get; private set; }
                    public int Both { get; internal set; }
                    public string? this[int index] { get => null; set { } }
                    public event EventHandler? Changed;
                    public static readonly int Zero;
                    protected override void Draw() { }
                    public void Dispose() { }
                    void Two(in int a, ref int b, out int c) => c = 0;
                    public void Three(in int a, ref int b, out int c, params string[] rest) => c = 0;
                    public static bool operator ==(Square? a, Square? b) => true;
                    public static bool operator !=(Square? a, Square? b) => false;
                    [Obsolete("gone")] public class Nested { }
                    private class Hidden { }
                }
                internal class Hidden { public void Seen() { } }
            }
            """;

        string description = PublicApi.Describe(Compile(Source));

        Assert.Equal(
            """
            namespace N

            [Flags] public enum Bits
                None = 0
                One = 1

            public enum Colour
                Red = 0
                Blue = 1
                Green = 5

            public static class Extensions
                public const string Name = "n"
                public static T As<T>(this object self, int limit = 3) where T : class, new()

            public interface IClient
                Task SendAsync(string? text, CancellationToken cancellationToken = default)

            public delegate int Judge<in T>(T? value)

            public abstract class Shape
                protected Shape(int sides)
                protected abstract void Draw()

            public readonly struct Span : IEquatable<Span>
                public bool Equals(Span other)

            public sealed class Square : Shape, IDisposable
                public static readonly int Zero
                public int Both { get; }
                public required string Name { get; init; }
                public int Size { get; }
                public string? this[int index] { get; set; }
                public event EventHandler? Changed
                public void Dispose()
                public void Three(in int a, ref int b, out int c, params string[] rest)
                public static bool operator ==(Square? a, Square? b)
                public static bool operator !=(Square? a, Square? b)

            [Obsolete] public class Square.Nested
                public Nested()

            public ref struct Writer
                public ref int Place { get; }
                public readonly void Flush()

            """.ReplaceLineEndings("\n"),
            description);
    }

    private static IAssemblySymbol Compile(string source)
    {
        // Emitted and read again: the listing is made of built assemblies.
        using var image = new MemoryStream();
        CSharpCompilation compilation = SourceTree.Of(("N.cs", source)).Compilation.WithAssemblyName("N");
        Assert.True(compilation.Emit(image).Success);

        MetadataReference reference = MetadataReference.CreateFromImage(image.ToArray());
        return (IAssemblySymbol)CSharpCompilation.Create("Reader", references: [.. compilation.References, reference])
            .GetAssemblyOrModuleSymbol(reference)!;
    }
}
