using GenNet.Numerics;

namespace Gestures;

/// <summary>Cosine and sine of turns (1 is once round), with the same bits on every machine, which <see cref="Math"/> does not promise.</summary>
static class Turns
{
    public static double Cosine(double turns)
    {
        var part = turns - Math.Floor(turns);
        return ScalarMath.CosPi(2 * Math.Min(part, 1 - part));
    }

    public static double Sine(double turns) => Cosine(turns - 0.25);
}
