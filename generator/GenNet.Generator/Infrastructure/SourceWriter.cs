using System.Text;

namespace GenNet.Generator.Infrastructure;

/// <summary>Collects indented source text with '\n' line ends. Blank lines stand alone, and never at the start or end of a block.</summary>
sealed class SourceWriter
{
    readonly StringBuilder _text = new();
    string _last = "{";
    bool _blank;

    /// <summary>Levels of four spaces before each line.</summary>
    public int Indent { get; set; }

    /// <summary>Writes one or more lines at the current indentation.</summary>
    public void Write(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var content = line.TrimEnd();
            if (content.Length == 0)
            {
                _blank = true;
                continue;
            }
            if (_blank && !_last.EndsWith("{", StringComparison.Ordinal) && !_last.EndsWith("[", StringComparison.Ordinal) && content.TrimStart()[0] != '}')
                _text.Append('\n');
            _text.Append(' ', 4 * Indent).Append(content).Append('\n');
            (_last, _blank) = (content, false);
        }
    }

    public override string ToString() => _text.ToString();
}
