using System.Globalization;
using System.Text;

namespace Webhooks.Sdk.Generators;

/// <summary>
/// Lines of C# at their indentation.
/// </summary>
internal sealed class CSharpText
{
    private readonly StringBuilder _text = new();
    private int _indentation;
    private int _names;
    private bool _blank;

    /// <summary>
    /// Makes a C# literal of UTF-8 text.
    /// </summary>
    public static string Utf8Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 8).Append('"');

        foreach (char character in text)
        {
            switch (character)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(character);
                    break;
                case < ' ' or (>= '\u007F' and <= '\u00A0') or '\u2028' or '\u2029' or '\uFEFF':
                    literal.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    literal.Append(character);
                    break;
            }
        }

        return literal.Append("\"u8").ToString();
    }

    public void Line(string line)
    {
        if (_blank && line[0] != '}' && line != "else")
        {
            _text.Append('\n');
        }

        _blank = false;
        _text.Append(' ', _indentation * 4).Append(line).Append('\n');
    }

    /// <summary>
    /// Leaves a line blank before the next one, unless that closes a block.
    /// </summary>
    public void Blank() => _blank = true;

    public void Open(string line)
    {
        Line(line);
        Line("{");
        _indentation++;
    }

    public void Close()
    {
        _indentation--;
        Line("}");
        Blank();
    }

    public void Case(string line)
    {
        Line(line);
        _indentation++;
    }

    public void EndCase()
    {
        Line("break;");
        _indentation--;
    }

    /// <summary>
    /// Makes the name of a variable that no other has.
    /// </summary>
    public string NewName(string stem) => stem + (++_names).ToString(CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
