using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds max pools of all steps.</summary>
public static class GlobalMaxPool1DLayers
{
    /// <summary>Adds a max pool of all steps of a sequence, which leaves one row of as many values as a step has.</summary>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder GlobalMaxPool1D(this ArchitectureBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new MaxPool1DLayer(new PoolShape(builder.StepsWindow("window", builder.StepsAtHand, 1, 1, Padding.Valid, 0), builder.Units, OfAllSteps: true)));
    }
}
