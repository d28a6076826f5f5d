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
    const float Factor = 4;

    public static Lesson Lesson { get; } = new(
        "exploding",
        "Weights that are too large: gradients explode",
        "With weights four times too large, each layer makes its inputs four times larger on the way forward, and gradients on the way back.",
        30,
        new("weights × 4", () => WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32)),
        [
            new("weights × 4, batch normalisation", () => WithLargeWeights(new SixNormalizedLayers(1)).CreateTrainer(new Sgd(0.05), 32)),
            new("weights × 4, gradients clipped to norm 1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32))),
            new("clip 2 rate 0.05", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32), 2)),
            new("clip 2 rate 0.1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32), 2)),
            new("clip 5 rate 0.05", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32), 5)),
            new("clip 5 rate 0.1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32), 5)),
            new("clip 10 rate 0.05", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32), 10)),
            new("clip 10 rate 0.1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32), 10)),
            new("clip 20 rate 0.05", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32), 20)),
            new("clip 20 rate 0.1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32), 20)),
            new("clip 50 rate 0.05", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.05), 32), 50)),
            new("clip 50 rate 0.1", () => Clipped(WithLargeWeights(new SixLayers(1)).CreateTrainer(new Sgd(0.1), 32), 50)),
        ]);

    static Trainer Clipped(Trainer trainer, double n = 1)
    {
        trainer.MaxGradientNorm = n;
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
