using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// A diagnostic that is equal to another by its text and place.
/// </summary>
internal sealed record Finding(
    DiagnosticDescriptor Rule, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Finding Create(DiagnosticDescriptor rule, Location location, params string[] arguments) =>
        new(rule, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, arguments.ToImmutableArray());

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rule, Location.Create(Path, Span, Lines), [.. Arguments.Cast<object>()]);
}
