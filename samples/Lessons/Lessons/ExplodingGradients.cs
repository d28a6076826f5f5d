using GenNet;

namespace Lessons;

[Network(2, 32, 32, 32, 32, 32, 1, Output = Activation.Sigmoid, Health = true)]
sealed partial class SixLayers;

[Network(2, Health = true)]
[Dense(32)]
[BatchNorm(Activation.ReLU)]
[Dense(32)]
[BatchNorm(Activation.ReLU)]
[Dense(32)]
[BatchNorm(Activation.ReLU)]
[Dense(32)]
[BatchNorm(Activation.ReLU)]
[Dense(32)]
[BatchNorm(Activation.ReLU)]
[Dense(1, Activation.Sigmoid)]
sealed partial class SixNormalizedLayers;

/// <summary>Weights that are too large: activations grow from layer to layer, and gradients with them.</summary>
static class ExplodingGradients
{
    /// <summary>How many times larger the weights are than they should be.</summary>
    const float Factor = 2;

    public static Lesson Lesson { get; } = new(
        "exploding",
        "Weights that are too large: gradients explode",
        "With weights twice too large, each layer makes its inputs twice larger on the way forward, and gradients on the way back.",
        30,
        Circle.Draw,
        new("weights × 2", () => WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32)),
        [
            new("weights × 2, batch normalisation", () => WithLargeWeights(new SixNormalizedLayers(1)).CreateTrainer(new Sgd(0.1), 32)),
            new("weights × 2, gradients clipped to norm 2", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32))),
        ]);

    static Trainer Clipped(Trainer trainer)
    {
        trainer.MaxGradientNorm = 2;
        return trainer;
    }

    static INetwork WithLargeWeights(INetwork network)
    {
        foreach (var tensor in network.Parameters.Tensors.Where(tensor => tensor.Kind == ParameterKind.Weight))
        {
            var weights = new float[tensor.Length];
            tensor.CopyTo(weights);
            foreach (ref var weight in weights.AsSpan())
                weight *= Factor;
            tensor.CopyFrom(weights);
        }
        return network;
    }
}
