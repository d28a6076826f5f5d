using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gestures;

namespace GenNet.Tests.Samples;

/// <summary>What samples/Gestures draws.</summary>
public class GestureDrawingTests
{
    static readonly Drawing[] Some = Drawings.Draw(400, new RandomStream(7));

    /// <summary>Neither fused multiply-add nor the machine's sines take part: the bits are the same without them too.</summary>
    [Fact]
    public void Drawings_have_the_same_bits_on_every_machine()
    {
        var steps = Drawings.Draw(40, new RandomStream(1)).SelectMany(drawing => drawing.Steps.ToArray()).ToArray();
        Assert.Equal("f43e215c03353e18", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(steps.AsSpan())))[..16]);
    }

    [Fact]
    public void A_drawing_follows_from_the_stream_and_its_number_alone()
    {
        var fewer = Drawings.Draw(10, new RandomStream(7));
        Assert.All(fewer.Zip(Some), pair => Assert.Equal(pair.Second.Steps, pair.First.Steps));
        Assert.All(Drawings.Draw(10, new RandomStream(8)).Zip(Some), pair => Assert.NotEqual(pair.Second.Steps.ToArray(), pair.First.Steps.ToArray()));
    }

    [Fact]
    public void Every_kind_is_drawn_equally_often() =>
        Assert.All(Enum.GetValues<Gesture>(), kind => Assert.Equal(Some.Length / GestureNet.OutputSize, Some.Count(drawing => drawing.Gesture == kind)));

    [Fact]
    public void A_drawing_is_quiet_before_and_behind_and_only_a_cross_leaves_the_paper()
    {
        foreach (var drawing in Some)
        {
            Assert.InRange(drawing.End - drawing.First, 32, 60);
            Assert.False(drawing.Steps[..(drawing.First * Pen.Features)].ContainsAnyExcept(0f));
            Assert.False(drawing.Steps[(drawing.End * Pen.Features)..].ContainsAnyExcept(0f));
            var touches = Enumerable.Range(0, Drawing.StepCount).Select(step => drawing.Step(step)[2]).ToArray();
            Assert.Equal(1, touches[drawing.First]);
            Assert.Equal(1, touches[drawing.End - 1]);
            Assert.Equal(drawing.Gesture == Gesture.Cross ? 2 : 1, touches.Where((touch, step) => touch == 1 && (step == 0 || touches[step - 1] == 0)).Count());
        }
    }

    /// <summary>The share of the turns that go the way most go: all in a circle, about half in an eight.</summary>
    [Theory]
    [InlineData(nameof(Gesture.Circle), 0.95, 1)]
    [InlineData(nameof(Gesture.Eight), 0.5, 0.75)]
    public void A_circle_turns_one_way_and_an_eight_both(string kind, double least, double most)
    {
        var shares = Some.Where(drawing => drawing.Gesture.ToString() == kind).Select(drawing =>
        {
            // Every fourth point, so that the hand's trembling does not count.
            PenPoint[] points = [.. drawing.Points.Where(point => point.Draws).Where((_, i) => i % 4 == 0)];
            var left = points.Zip(points.Skip(1), points.Skip(2)).Count(turn =>
                (turn.Second.X - turn.First.X) * (turn.Third.Y - turn.Second.Y) > (turn.Second.Y - turn.First.Y) * (turn.Third.X - turn.Second.X));
            var share = left / (points.Length - 2.0);
            return Math.Max(share, 1 - share);
        });
        Assert.InRange(Experiment.Median([.. shares]), least, most);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.125)]
    [InlineData(0.3)]
    [InlineData(-7.9)]
    [InlineData(1234.56)]
    public void Turns_go_round(double turns)
    {
        Assert.Equal(Math.Cos(Math.Tau * turns), Turns.Cosine(turns), 1e-11);
        Assert.Equal(Math.Sin(Math.Tau * turns), Turns.Sine(turns), 1e-11);
    }

    [Fact]
    public void What_is_practised_is_some_first_steps_turned_as_a_whole()
    {
        var random = new RandomStream(3);
        var window = new float[GestureNet.InputSize];
        var (lengths, mirrored) = (new HashSet<int>(), 0);
        foreach (var drawing in Some)
        {
            window.AsSpan().Fill(float.NaN);
            var seen = Practice.See(drawing, ref random, window);
            Assert.InRange(seen, drawing.First + 1, Drawing.StepCount);
            Assert.False(window.AsSpan(seen * Pen.Features).ContainsAnyExcept(0f));
            lengths.Add(seen);

            // Lengths of movements and angles between them stay, the angles' signs but for a mirror.
            var (kept, squares) = (0.0, 0.0);
            for (var step = 0; step < seen; step++)
            {
                var (original, turned) = (Movement(drawing.Steps, step), Movement(window, step));
                Assert.Equal(drawing.Step(step)[2], window[step * Pen.Features + 2]);
                Assert.Equal(Math.Sqrt(original.X * original.X + original.Y * original.Y), Math.Sqrt(turned.X * turned.X + turned.Y * turned.Y), 1e-5);
                if (step == 0)
                    continue;
                var (before, beforeTurned) = (Movement(drawing.Steps, step - 1), Movement(window, step - 1));
                var (bend, bendTurned) = (before.X * original.Y - before.Y * original.X, beforeTurned.X * turned.Y - beforeTurned.Y * turned.X);
                Assert.Equal(Math.Abs(bend), Math.Abs(bendTurned), 1e-4);
                kept += bend * bendTurned;
                squares += bend * bend;
            }
            Assert.Equal(squares, Math.Abs(kept), 1e-3 * Math.Max(1, squares));
            mirrored += kept < 0 ? 1 : 0;
        }
        Assert.InRange(mirrored, Some.Length / 3, Some.Length * 2 / 3);
        Assert.True(lengths.Count > 50);

        static (double X, double Y) Movement(ReadOnlySpan<float> steps, int step) => (steps[step * Pen.Features], steps[step * Pen.Features + 1]);
    }

    [Fact]
    public void Braille_dots_lie_where_the_pen_drew()
    {
        var canvas = new BrailleCanvas(4, 2);
        canvas.Draw([new(-1, -1, true), new(0.99, -1, true), new(0.99, 0.99, false), new(-1, 0.99, true), new(-9, 9, true)]);
        Assert.Equal("⠉⠉⠉⠉", canvas.Row(0));
        Assert.Equal("⡀⠀⠀⠀", canvas.Row(1));
    }
}
