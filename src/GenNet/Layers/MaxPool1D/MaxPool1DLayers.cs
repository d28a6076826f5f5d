using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds max pools along the steps of sequences.</summary>
public static class MaxPool1DLayers
{
    /// <summary>Adds a max pool, as <see cref="MaxPool1DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="size">Steps of a window.</param>
    /// <param name="stride">Steps from one window to the next, the size unless given.</param>
    /// <param name="padding">What is added around the sequence.</param>
    /// <param name="paddingSize">Steps added on either side, in the place of <paramref name="padding"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive or too large, or the window does not fit the sequence.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no sequence.</exception>
    public static ArchitectureBuilder MaxPool1D(this ArchitectureBuilder builder, int size, int? stride = null, Padding padding = Padding.Valid, int paddingSize = 0)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new MaxPool1DLayer(new PoolShape(builder.StepsPool(size, stride, padding, paddingSize), builder.Units)));
    }
}
