namespace GenNet;

/// <summary>
/// Which samples an epoch takes, where that is not each of them once. An epoch still takes as many as the dataset has,
/// in a random order, and both follow from the epoch's seed alone.
/// </summary>
public abstract class Sampling
{
    private protected Sampling() { }

    /// <summary>
    /// Every class that has samples equally often, to within one: the samples of a rare class several times, those of a frequent one not all.
    /// Within a class no sample is taken a second time before all were taken once.
    /// </summary>
    public static Sampling Balanced { get; } = new BalancedSampling();

    /// <summary>Each sample with a probability proportional to its weight, with replacement (PyTorch's <c>WeightedRandomSampler</c>).</summary>
    /// <param name="weights">[samples] weights, copied. A sample of weight 0 is never taken.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or none is positive.</exception>
    public static Sampling Weighted(ReadOnlySpan<float> weights) => new WeightedSampling(weights.ToArray());

    /// <summary>Throws where this sampling does not fit the dataset.</summary>
    internal abstract void Check(Dataset dataset);

    /// <summary>Writes the numbers of the samples to take.</summary>
    /// <param name="dataset">The samples.</param>
    /// <param name="order">[samples] numbers, written.</param>
    /// <param name="scratch">[samples] room for what it likes.</param>
    /// <param name="random">Where chance comes from.</param>
    internal abstract void Fill(Dataset dataset, Span<int> order, Span<int> scratch, RandomStream random);

    /// <summary>A fingerprint of the samplings' kind and settings, not 0.</summary>
    internal abstract ulong Hash();

    /// <summary>The same sampling for some of the samples.</summary>
    internal abstract Sampling Of(ReadOnlySpan<int> indices);
}
