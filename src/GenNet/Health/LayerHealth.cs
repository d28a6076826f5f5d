namespace GenNet;

/// <summary>How one layer fares in training: what was last measured. May be read from any thread while the trainer works.</summary>
public sealed class LayerHealth
{
    internal LayerHealth(int number, Layer layer) => (Number, Layer) = (number, layer);

    /// <summary>The number of the layer, from 1.</summary>
    public int Number { get; }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The norm √Σg² of the gradients of all its parameters; NaN for a layer without.</summary>
    public double GradientNorm { get; internal set; } = double.NaN;

    /// <summary>The norm of its weights W (the scales γ of a normalisation) before the update; NaN for a layer without.</summary>
    public double WeightNorm { get; internal set; } = double.NaN;

    /// <summary>The norm of the update of these weights divided by <see cref="WeightNorm"/>. About 0.001 is usual.</summary>
    public double UpdateRatio { get; internal set; } = double.NaN;

    /// <summary>The gradient's norm divided by the weights': what is compared between layers of different sizes.</summary>
    public double RelativeGradient => GradientNorm / WeightNorm;

    /// <summary>
    /// The share of its ReLU units that were zero for every sample of the last epoch (<see cref="GradientHealth.EndEpoch"/>); all samples are looked at.
    /// NaN for a layer without ReLU, and before the first epoch is over.
    /// </summary>
    public double DeadShare { get; internal set; } = double.NaN;

    /// <summary>
    /// The share of its activations where g′ is less than 5 % of its largest value: beyond about ±0.975 for tanh, outside 0.013…0.987 for sigmoid, at the limits of the hard ones.
    /// NaN for other activations, and for the output layer, whose outputs may be sure of themselves.
    /// </summary>
    public double SaturatedShare { get; internal set; } = double.NaN;

    /// <summary>The mean of its activations; of what a softmax or sigmoid takes that is one with the loss.</summary>
    public double ActivationMean { get; internal set; } = double.NaN;

    /// <summary>The standard deviation of its activations.</summary>
    public double ActivationDeviation { get; internal set; } = double.NaN;
}
