using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace GenNet.Generator.Infrastructure;

/// <summary>
/// Writes indented C# with '\n' line ends. Numbers in interpolated strings are formatted invariantly, and text of several
/// lines is indented line by line.
/// </summary>
sealed class SourceWriter
{
    const int IndentSize = 4;

    readonly StringBuilder text = new();
    int depth;

    public void Indent() => depth++;

    public void Unindent() => depth--;

    public void WriteLine() => text.Append('\n');

    public void WriteLine(string lines)
    {
        Append(lines);
        WriteLine();
    }

    public void WriteLine([InterpolatedStringHandlerArgument("")] ref Interpolation lines) => WriteLine();

    /// <summary>Writes without ending the line.</summary>
    public void Write(string lines) => Append(lines);

    /// <inheritdoc cref="Write(string)"/>
    public void Write([InterpolatedStringHandlerArgument("")] ref Interpolation lines)
    {
    }

    /// <summary>Writes a line and an opening brace; the closing one follows when the block is disposed of.</summary>
    public BlockScope Block(string header)
    {
        WriteLine(header);
        return Open();
    }

    /// <inheritdoc cref="Block(string)"/>
    public BlockScope Block([InterpolatedStringHandlerArgument("")] ref Interpolation header)
    {
        WriteLine();
        return Open();
    }

    public override string ToString() => text.ToString();

    BlockScope Open()
    {
        WriteLine("{");
        Indent();
        return new BlockScope(this);
    }

    void Append(string lines)
    {
        foreach (var c in lines)
        {
            if (c == '\r') // a raw string literal of a checkout with CRLF
                continue;
            if (c != '\n' && (text.Length == 0 || text[text.Length - 1] == '\n'))
                text.Append(' ', depth * IndentSize);
            text.Append(c);
        }
    }

    public readonly struct BlockScope(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.Unindent();
            writer.WriteLine("}");
        }
    }

    /// <summary>Takes an interpolated string apart and writes the pieces directly. The compiler calls it.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        readonly SourceWriter writer;

        public Interpolation(int literalLength, int formattedCount, SourceWriter writer)
        {
            this.writer = writer;
            writer.text.EnsureCapacity(writer.text.Length + literalLength);
        }

        public void AppendLiteral(string literal) => writer.Append(literal);

        public void AppendFormatted<T>(T value, string? format = null) => writer.Append(
            value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "");
    }
}
