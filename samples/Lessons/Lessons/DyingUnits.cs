using GenNet;

namespace Lessons;

[Network(2, 32, 32, 1, Hidden = Activation.ReLU, Output = Activation.Sigmoid, Health = true)]
sealed partial class Rectifiers;

[Network(2, 32, 32, 1, Hidden = Activation.LeakyReLU, Output = Activation.Sigmoid, Health = true)]
sealed partial class LeakyRectifiers;

/// <summary>A rate that is too high: one large step puts a unit where it is zero for every sample, has no gradient, and stays.</summary>
static class DyingUnits
{
    public static Lesson Lesson { get; } = new(
        "dying",
        "A rate that is too high: units die",
        "One large step may make a ReLU unit zero for every sample. It then has no gradient, and no later step brings it back.",
        30,
        Circle.Draw,
        new("rate 0.7", () => new Rectifiers(1).CreateTrainer(new Momentum(0.7), 32)),
        [
            new("rate 0.05", () => new Rectifiers(1).CreateTrainer(new Momentum(0.05), 32)),
            new("rate 0.7, leaky ReLU", () => new LeakyRectifiers(1).CreateTrainer(new Momentum(0.7), 32)),
        ]);
}
