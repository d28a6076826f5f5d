using System.Text;

namespace GenNet.Generator.Infrastructure;

/// <summary>Collects indented source text with '\n' line ends.</summary>
sealed class SourceWriter
{
    readonly StringBuilder _text = new();

    /// <summary>Levels of four spaces before each line.</summary>
    public int Indent { get; set; }

    /// <summary>Writes one or more lines at the current indentation.</summary>
    public void Write(string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            var content = line.TrimEnd();
            if (content.Length > 0)
                _text.Append(' ', 4 * Indent).Append(content);
            _text.Append('\n');
        }
    }

    public override string ToString() => _text.ToString();
}
