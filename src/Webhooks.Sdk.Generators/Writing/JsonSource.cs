using System.Globalization;
using System.Text;
using static Webhooks.Sdk.Generators.DataTypeSource;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Writes the body of <c>WriteJson</c>.
/// </summary>
/// <remarks>
/// All that is known when it is compiled is held back until something is not, and becomes one literal: the end of a value, the comma, the name
/// and the colon of the next member, and its quotation mark.
/// </remarks>
internal sealed class JsonSource(CSharpText text)
{
    /// <summary>
    /// The most bytes that are written behind the end of a value, and so must be a part of its bound.
    /// </summary>
    public const int MaxPadding = (LargestRegister / 2) - 1;

    private const int LargestRegister = 64;

    private string _literal = "";

    /// <summary>
    /// Gives bytes as a span.
    /// </summary>
    public static string Bytes(ValueShape shape, string expression) =>
        shape.TypeName.EndsWith("]", System.StringComparison.Ordinal) ? expression : $"{expression}.Span";

    public void Write(DataType type)
    {
        // The comma before the first member that is written becomes the brace, where only the data tells which one that is.
        string? start = type.Members.Count > 0 && type.Members[0].Omission != Omission.Never ? text.NewName("start") : null;

        if (start is null)
        {
            _literal = "{";
        }
        else
        {
            text.Line($"int {start} = position;");
        }

        for (int i = 0; i < type.Members.Count; i++)
        {
            Member(type.Members[i], start is null && i == 0 ? "" : ",");
        }

        if (start is null)
        {
            _literal += "}";
            text.Line($"return {TakeLiteral()};");
        }
        else
        {
            Flush();
            text.Line($"return {Support}.WriteEndObject(destination, {start}, position);");
        }
    }

    private void Member(DataMember member, string comma)
    {
        string name = $"{comma}\"{member.Json}\":";

        if (member.Omission == Omission.Never)
        {
            _literal += name;
            Value(member.Value, $"this.{member.Name}");
            return;
        }

        Flush();
        (string condition, string expression) = Presence(member, text);
        text.Open($"if ({condition})");
        _literal = name;
        Value(member.Value with { CanBeNull = false }, expression);
        Flush();
        text.Close();
    }

    private void Value(ValueShape shape, string expression)
    {
        if (!shape.CanBeNull || shape.Kind is ShapeKind.Text or ShapeKind.Uri)
        {
            NotNullValue(shape, expression);
            return;
        }

        string name = text.NewName("value");
        string before = _literal;
        text.Open($"if ({NotNull(shape, expression, name)})");
        NotNullValue(shape, name);
        Flush();
        text.Close();
        text.Open("else");
        _literal = before + "null";
        Flush();
        text.Close();
    }

    private void NotNullValue(ValueShape shape, string expression)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Text or ShapeKind.Quoted:
                _literal += "\"";
                Call("WriteText", expression);
                break;

            case ShapeKind.Uri:
                _literal += "\"";
                Call("WriteText", shape.CanBeNull ? $"{expression}?.OriginalString" : $"{expression}.OriginalString");
                break;

            case ShapeKind.Number:
                Call("WriteNumber", shape.Cast.Length > 0 ? $"({shape.Cast}){expression}" : expression);
                break;

            case ShapeKind.Boolean:
                Boolean(expression);
                break;

            case ShapeKind.EnumNames:
                Names(shape, expression);
                break;

            case ShapeKind.Base64:
                _literal += "\"";
                Call("WriteBase64", Bytes(shape, expression));
                break;

            case ShapeKind.Element:
                Call("WriteElement", expression);
                break;

            case ShapeKind.Data when shape.IsReference:
                Flush();
                text.Line($"position = (({Contract}){expression}).WriteJson(destination, position);");
                break;

            case ShapeKind.Data:
                Call("WriteData", expression);
                break;

            case ShapeKind.Dictionary:
                Dictionary(shape, expression);
                break;

            case ShapeKind.List:
                List(shape, expression);
                break;
        }
    }

    private void Boolean(string expression)
    {
        string before = _literal;
        text.Open($"if ({expression})");
        _literal = before + "true";
        Flush();
        text.Close();
        text.Open("else");
        _literal = before + "false";
        Flush();
        text.Close();
    }

    private void Names(ValueShape shape, string expression)
    {
        string before = _literal;
        string name = text.NewName("name");
        text.Open($"switch ({expression})");

        foreach (EnumName each in shape.Names)
        {
            text.Case($"case {each.Member}:");
            _literal = $"{before}\"{each.Json}\"";
            Flush();
            text.EndCase();
        }

        text.Case($"case var {name}:");
        _literal = before;
        Call("WriteNumber", $"({shape.Cast}){name}");
        text.EndCase();
        text.Close();
    }

    private void List(ValueShape shape, string expression)
    {
        string start = OpenContainer();
        string item = OpenLoop(shape, expression, text);
        _literal = ",";
        Value(shape.Element!, item);
        Flush();
        text.Close();
        text.Line($"position = {Support}.WriteEndArray(destination, {start}, position);");
    }

    private void Dictionary(ValueShape shape, string expression)
    {
        string start = OpenContainer();
        string pair = text.NewName("pair");
        text.Open($"foreach (var {pair} in {expression})");
        _literal = ",\"";
        Call("WriteText", $"{pair}.Key ?? \"\"");
        _literal = ":";
        Value(shape.Element!, $"{pair}.Value");
        Flush();
        text.Close();
        text.Line($"position = {Support}.WriteEndObject(destination, {start}, position);");
    }

    private string OpenContainer()
    {
        Flush();
        string start = text.NewName("start");
        text.Line($"int {start} = position;");
        return start;
    }

    private void Call(string method, string argument)
    {
        Flush();
        text.Line($"position = {Support}.{method}(destination, position, {argument});");
    }

    private void Flush()
    {
        if (_literal.Length > 0)
        {
            text.Line($"position = {TakeLiteral()};");
        }
    }

    // One move instead of two to four, for lengths between those that a register holds.
    private static int Padding(int length)
    {
        int register = 1;

        while (register < length)
        {
            register *= 2;
        }

        return register <= LargestRegister ? register - length : 0;
    }

    private string TakeLiteral()
    {
        int length = Encoding.UTF8.GetByteCount(_literal);
        int padding = Padding(length);
        string arguments = padding == 0
            ? CSharpText.Utf8Literal(_literal)
            : $"{CSharpText.Utf8Literal(_literal + new string(' ', padding))}, {length.ToString(CultureInfo.InvariantCulture)}";

        _literal = "";
        return $"{Support}.WriteLiteral(destination, position, {arguments})";
    }
}
