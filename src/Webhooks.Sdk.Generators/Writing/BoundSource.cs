using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using static Webhooks.Sdk.Generators.DataTypeSource;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Writes the body of <c>GetMaxJsonLength</c>: one sum of what is constant and of what depends on lengths.
/// </summary>
internal sealed class BoundSource(CSharpText text)
{
    private const int NullLength = 4;

    private long _constant;
    private List<string> _terms = [];
    private int _levels = 1;

    public void Write(DataType type)
    {
        int levels = 1 + type.Members.Select(member => LevelsOf(member.Value)).DefaultIfEmpty().Max();
        text.Line($"{Support}.CheckDepth(depth, {Number(levels)});");

        _constant = "{}".Length + JsonSource.MaxPadding;
        text.Line("long length = 0;");

        foreach (DataMember member in type.Members)
        {
            _constant += Encoding.UTF8.GetByteCount(member.Json) + ",\"\":".Length;
            Value(member.Value, $"this.{member.Name}");
        }

        text.Line($"return length + {Sum()};");
    }

    private static int LevelsOf(ValueShape shape) => shape.Element is { } element ? 1 + LevelsOf(element) : 0;

    private static bool IsConstant(ValueShape shape) =>
        shape.Kind is ShapeKind.Quoted or ShapeKind.Number or ShapeKind.Boolean or ShapeKind.EnumNames;

    private static int Constant(ValueShape shape) => shape.MaxLength + (shape.Kind == ShapeKind.Quoted ? 2 : 0);

    private void Value(ValueShape shape, string expression)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Text:
                _terms.Add($"{Support}.MaxLength({expression})");
                break;

            case ShapeKind.Uri:
                _terms.Add($"{Support}.MaxLength({expression}?.OriginalString)");
                break;

            case var _ when IsConstant(shape):
                _constant += Constant(shape);
                break;

            case var _ when shape.CanBeNull:
                string name = text.NewName("value");
                _constant += NullLength;
                text.Open($"if ({NotNull(shape, expression, name)})");
                Statement(shape, name);
                text.Close();
                break;

            default:
                Statement(shape, expression);
                break;
        }
    }

    private void Statement(ValueShape shape, string expression)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Base64:
                text.Line($"length += {Support}.MaxLength({JsonSource.Bytes(shape, expression)});");
                break;

            case ShapeKind.Data when shape.IsReference:
                text.Line($"length += (({Contract}){expression}).GetMaxJsonLength({Depth});");
                break;

            case ShapeKind.Element or ShapeKind.Data:
                text.Line($"length += {Support}.MaxLength({expression}, {Depth});");
                break;

            case ShapeKind.Dictionary:
                string pair = text.NewName("pair");
                text.Line("length += 2;");
                text.Open($"foreach (var {pair} in {expression})");
                Each(shape.Element!, $"{pair}.Value", ",:".Length, $"{Support}.MaxLength({pair}.Key)");
                text.Close();
                break;

            case ShapeKind.List when Count(shape, expression) is { } count && IsConstant(shape.Element!):
                text.Line($"length += 2 + ({Number(Constant(shape.Element!) + ",".Length)}L * {count});");
                break;

            case ShapeKind.List:
                text.Line("length += 2;");
                string item = OpenLoop(shape, expression, text);
                Each(shape.Element!, item, ",".Length);
                text.Close();
                break;
        }
    }

    private string Depth => $"depth + {Number(_levels)}";

    private static string? Count(ValueShape list, string expression) => list.Access switch
    {
        ListAccess.Enumerated => null,
        ListAccess.List or ListAccess.Indexed => $"{expression}.Count",
        _ => $"{expression}.Length",
    };

    // The body of a loop has a sum of its own.
    private void Each(ValueShape shape, string expression, int constant, params string[] terms)
    {
        (long outerConstant, List<string> outerTerms) = (_constant, _terms);
        (_constant, _terms) = (constant, [.. terms]);
        _levels++;

        Value(shape, expression);
        text.Line($"length += {Sum()};");

        _levels--;
        (_constant, _terms) = (outerConstant, outerTerms);
    }

    private string Sum() => string.Join(" + ", _terms.Prepend(Number(_constant)));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
