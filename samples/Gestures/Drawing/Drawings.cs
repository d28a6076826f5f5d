using GenNet;

namespace Gestures;

/// <summary>Draws gestures as people do: fast or slow, large or small, turned, begun anywhere and either way round, with a hand that trembles.</summary>
static class Drawings
{
    const int ShortestGesture = 32, LongestGesture = 60;

    /// <summary>Gestures of each kind in turn. Drawing i follows from the random stream and i alone, with the same bits on every machine.</summary>
    public static Drawing[] Draw(int count, RandomStream random)
    {
        var kinds = Enum.GetValues<Gesture>();
        var drawings = new Drawing[count];
        for (var i = 0; i < count; i++)
            drawings[i] = Draw(kinds[i % kinds.Length], random.Split((ulong)i));
        return drawings;
    }

    static Drawing Draw(Gesture gesture, RandomStream random)
    {
        Func<double, PenPoint> shape = gesture switch
        {
            Gesture.Circle => Circle(ref random),
            Gesture.Eight => Eight(ref random),
            Gesture.Zigzag => Zigzag(ref random),
            _ => Cross(ref random),
        };
        var length = ShortestGesture + random.NextInt32(LongestGesture - ShortestGesture + 1);
        var first = random.NextInt32(Drawing.StepCount - length + 1);
        var size = Between(0.4, 0.95, ref random);
        var (turn, mirror) = (random.NextDouble(), random.NextInt32(2) == 0 ? -1 : 1);
        var (cosine, sine) = (Turns.Cosine(turn), Turns.Sine(turn));
        var (hurry, hurryFrom) = (Between(0, 0.6, ref random), random.NextDouble());
        var tremor = Between(0.002, 0.015, ref random);

        var points = new PenPoint[Drawing.StepCount];
        for (var step = 0; step < length; step++)
        {
            // The hand hurries over some part of the way and lingers elsewhere.
            var time = step / (length - 1.0);
            var (x, y, draws) = shape(time + hurry / Math.Tau * (Turns.Sine(time + hurryFrom) - Turns.Sine(hurryFrom)));
            points[first + step] = new(
                size * (cosine * mirror * x - sine * y) + tremor * random.NextNormal(),
                size * (sine * mirror * x + cosine * y) + tremor * random.NextNormal(),
                draws);
        }
        return new Drawing(gesture, points, first, first + length);
    }

    // A shape says where the pen is, within 1 of the centre or little more, after a share of the way from 0 to 1.

    /// <summary>Not quite round, and not quite closed, or more than that.</summary>
    static Func<double, PenPoint> Circle(ref RandomStream random)
    {
        var (from, turns, height) = (random.NextDouble(), Between(0.9, 1.2, ref random), Between(0.7, 1, ref random));
        return way => new(Turns.Cosine(from + turns * way), height * Turns.Sine(from + turns * way), Draws: true);
    }

    /// <summary>Two loops, the one clockwise and the other not, begun anywhere on them.</summary>
    static Func<double, PenPoint> Eight(ref RandomStream random)
    {
        var (from, turns, height) = (random.NextDouble(), Between(0.9, 1.1, ref random), Between(0.35, 0.6, ref random));
        return way => new(Turns.Sine(from + turns * way), height * Turns.Sine(2 * (from + turns * way)), Draws: true);
    }

    /// <summary>Three to five straight legs, up and down in turn.</summary>
    static Func<double, PenPoint> Zigzag(ref RandomStream random)
    {
        var (legs, height) = (3 + random.NextInt32(3), Between(0.4, 0.8, ref random));
        return way =>
        {
            var leg = legs * way - 2 * Math.Floor(legs * way / 2);
            return new(2 * way - 1, height * (leg <= 1 ? 2 * leg - 1 : 3 - 2 * leg), Draws: true);
        };
    }

    /// <summary>A stroke, a moment in the air, and a stroke across the first.</summary>
    static Func<double, PenPoint> Cross(ref RandomStream random)
    {
        var (lift, touch) = (Between(0.35, 0.45, ref random), Between(0.55, 0.65, ref random));
        var (slope, back) = (Between(0.7, 1.3, ref random), random.NextInt32(2) == 0 ? -1 : 1);
        return way => way <= lift ? Stroke(way / lift, 0.8, 0.8 * slope)
            : way < touch ? new(0, 0, Draws: false)
            : Stroke((way - touch) / (1 - touch), 0.8 * back, -0.8 * slope * back);

        static PenPoint Stroke(double share, double x, double y) => new((2 * share - 1) * x, (2 * share - 1) * y, Draws: true);
    }

    static double Between(double low, double high, ref RandomStream random) => low + (high - low) * random.NextDouble();
}
