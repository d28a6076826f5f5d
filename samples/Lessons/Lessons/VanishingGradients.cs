using GenNet;

namespace Lessons;

[Network(2, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 1, Hidden = Activation.Sigmoid, Output = Activation.Sigmoid, Health = true)]
sealed partial class TenSigmoidLayers;

[Network(2, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 1, Hidden = Activation.ReLU, Init = Initializer.HeNormal, Output = Activation.Sigmoid, Health = true)]
sealed partial class TenReLULayers;

/// <summary>Ten sigmoid layers: the derivative of sigmoid is 1/4 at most, and ten of them are multiplied.</summary>
static class VanishingGradients
{
    public static Lesson Lesson { get; } = new(
        "vanishing",
        "Ten sigmoid layers: gradients vanish",
        "The derivative of sigmoid is ¼ at most. Backward through ten layers it is multiplied ten times, so that almost nothing is left for the first ones.",
        30,
        Circle.Draw,
        new("sigmoid", () => new TenSigmoidLayers(1).CreateTrainer(new Sgd(0.2), 32)),
        [new("ReLU, He initialisation", () => new TenReLULayers(1).CreateTrainer(new Sgd(0.2), 32))]);
}
