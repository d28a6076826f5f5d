using Gestures;

namespace GenNet.Tests.Samples;

/// <summary>What samples/Gestures reads of a terminal's mouse.</summary>
public class MouseReaderTests
{
    [Theory]
    [InlineData("\u001b[<0;12;5M", "12,5 down")]
    [InlineData("\u001b[<0;12;5m", "12,5 up")]
    [InlineData("\u001b[<32;13;5M", "13,5 down")]
    [InlineData("\u001b[<35;13;5M", "13,5 up")]      // Moved, no button.
    [InlineData("\u001b[<2;13;5M", "13,5 up")]       // The right one.
    [InlineData("\u001b[<64;13;5M", "13,5 up")]      // The wheel.
    [InlineData("\u001b[<0;250;100M", "250,100 down")]
    [InlineData("xq\u001b[A\u001b[<0;1;2M!\u001b[<0;1;2m", "1,2 down; 1,2 up")]
    [InlineData("\u001b[<0;1\u001b[<0;3;4M", "3,4 down")]
    [InlineData("\u001b\u001b[<0;3;4M", "3,4 down")]
    [InlineData("[<0;3;4M <0;3;4M 0;3;4M", "")]
    [InlineData("\u001b[<0;3M\u001b[<0;3;4;5M\u001b[<-1;3;4M\u001b[<0;3;4X", "")]
    [InlineData("\u001b[<0;99999999999999999999;4M", "")]
    [InlineData("\u001b[0;3;4M\u001b[M !!", "")]
    public void Reports_are_found_among_what_a_terminal_sends(string sent, string found)
    {
        var reader = new MouseReader();
        var reports = sent.Select(reader.Read).OfType<MouseReport>().Select(report => FormattableString.Invariant($"{report.Column},{report.Row} {(report.IsDown ? "down" : "up")}"));
        Assert.Equal(found, string.Join("; ", reports));
    }

    [Fact]
    public void A_pen_begins_where_the_mouse_is_pressed_and_then_follows_it()
    {
        var pen = new MousePen();
        Assert.False(pen.Next().Draws);
        pen.Report(new(Paper.Left, Paper.Top, IsDown: true));
        var (x, y) = Paper.Centre(Paper.Left, Paper.Top);
        Assert.Equal(new PenPoint(x, y, Draws: true), pen.Next());
        Assert.Equal(new PenPoint(x, y, Draws: true), pen.Next());
        pen.Report(new(Paper.Left + 2, Paper.Top, IsDown: true));
        Assert.Equal(x + 2.0 / Paper.Columns, pen.Next().X, 1e-12);
        Assert.Equal(x + 3.0 / Paper.Columns, pen.Next().X, 1e-12);
        pen.Report(new(Paper.Left + 9, Paper.Top, IsDown: false));
        Assert.False(pen.Next().Draws);
    }
}
