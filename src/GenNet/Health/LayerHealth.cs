namespace GenNet;

/// <summary>How one layer fares in training: what was last measured. May be read from any thread while the trainer works.</summary>
public sealed class LayerHealth
{
    internal LayerHealth(int number, Layer layer, IReadOnlyList<StepHealth> directions) =>
        (Number, Layer, Steps, ReverseSteps) = (number, layer, directions.ElementAtOrDefault(0), directions.ElementAtOrDefault(1));

    /// <summary>The number of the layer, from 1.</summary>
    public int Number { get; }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>Whether it was frozen when it was measured: it has no gradients then, which is nothing wrong.</summary>
    public bool IsFrozen { get; internal set; }

    /// <summary>The norm √Σg² of the gradients of all its parameters; NaN for a layer without.</summary>
    public double GradientNorm { get; internal set; } = double.NaN;

    /// <summary>The norm of its weights W (the scales γ of a normalisation) before the update; NaN for a layer without.</summary>
    public double WeightNorm { get; internal set; } = double.NaN;

    /// <summary>The norm of the update of these weights divided by <see cref="WeightNorm"/>; NaN where they were all zero. About 0.001 is usual.</summary>
    public double UpdateRatio { get; internal set; } = double.NaN;

    /// <summary>The gradient's norm divided by the weights': what is compared between layers of different sizes. NaN where the weights are all zero.</summary>
    public double RelativeGradient => Relative(GradientNorm, WeightNorm);

    /// <summary>
    /// The gradient's norm divided by the weights', or by a quarter of what theirs would be after the initialisation of Glorot and Bengio, whichever is larger:
    /// weights that start at zero, or near it, are to change by many times their size.
    /// </summary>
    internal double GradientForDiagnosis => GradientNorm / Math.Max(WeightNorm, UsualNorm / 4);

    double UsualNorm => Layer.Tensors.Any(tensor => tensor.Kind == ParameterKind.Weight) ? Math.Sqrt(2.0 * Layer.Inputs * Layer.Outputs / (Layer.Inputs + Layer.Outputs)) : Math.Sqrt(Layer.Outputs);

    internal static double Relative(double norm, double weightNorm) => weightNorm == 0 ? double.NaN : norm / weightNorm;

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

    /// <summary>How it fares from step to step, if it is a layer that remembers: null for others.</summary>
    public StepHealth? Steps { get; }

    /// <summary>The same of its second direction, from the last step to the first; null where it has none.</summary>
    public StepHealth? ReverseSteps { get; }

    /// <summary>The mean of its activations; of what a softmax or sigmoid takes that is one with the loss.</summary>
    public double ActivationMean { get; internal set; } = double.NaN;

    /// <summary>The standard deviation of its activations.</summary>
    public double ActivationDeviation { get; internal set; } = double.NaN;
}
