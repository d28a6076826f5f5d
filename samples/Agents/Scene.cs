using GenNet.Agents;

namespace Agents;

/// <summary>What an environment looks like.</summary>
/// <param name="seconds">How long a step takes.</param>
abstract class Scene<TEnvironment>(double seconds) where TEnvironment : IEnvironment
{
    public double Seconds => seconds;

    public abstract Stroke[] Draw(TEnvironment environment);

    /// <summary>From a point into a direction, the angle from upright, to the right.</summary>
    protected static Stroke Rod(double x, double y, double angle, double length) => new(x, y, x + length * Math.Sin(angle), y + length * Math.Cos(angle));
}
