using GenNet.Generator.Infrastructure;

namespace GenNet.Tests.Generation;

public class SourceWriterTests
{
    readonly SourceWriter writer = new();

    [Fact]
    public void Blocks_indent_and_close()
    {
        using (writer.Block("class A"))
        {
            var name = "F";
            using (writer.Block($"void {name}()"))
                writer.WriteLine("return;");
        }
        Assert.Equal("class A\n{\n    void F()\n    {\n        return;\n    }\n}\n", writer.ToString());
    }

    [Fact]
    public void Text_of_several_lines_is_indented_but_blank_lines_are_not()
    {
        writer.Indent();
        writer.WriteLine("a\r\n\r\n  b");
        writer.Unindent();
        writer.WriteLine("c");
        Assert.Equal("    a\n\n      b\nc\n", writer.ToString());
    }

    [Fact]
    public void A_line_may_be_written_in_pieces()
    {
        writer.Indent();
        writer.Write("a");
        writer.Write($", {2}");
        writer.WriteLine();
        Assert.Equal("    a, 2\n", writer.ToString());
    }

    [Fact]
    public void Numbers_do_not_follow_the_culture() => Cultures.InSwedish(() =>
    {
        writer.WriteLine($"{-1} {0.5f} {1234.5:N1}");
        Assert.Equal("-1 0.5 1,234.5\n", writer.ToString());
    });
}
