using GenNet.Kernels;
using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds layers that make images larger.</summary>
public static class UpSampling2DLayers
{
    /// <summary>Makes the image a whole number of times as high and wide, as <see cref="UpSampling2DAttribute"/> declares it.</summary>
    /// <param name="builder">The network so far.</param>
    /// <param name="height">By what the height is multiplied.</param>
    /// <param name="width">By what the width is multiplied.</param>
    /// <param name="interpolation">Where the values of the new pixels come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive or too large, there is no such interpolation, or the image would not fit into an array.</exception>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder UpSampling2D(this ArchitectureBuilder builder, int height, int width, Interpolation interpolation = Interpolation.Nearest)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var (number, name) in new[] { (height, nameof(height)), (width, nameof(width)) })
            if (number is < 1 or > WindowLayout.MostPixels)
                throw new ArgumentOutOfRangeException(name, number, $"An image becomes from 1 to {WindowLayout.MostPixels} times as large.");
        if (interpolation is not (Interpolation.Nearest or Interpolation.Bilinear))
            throw new ArgumentOutOfRangeException(nameof(interpolation), interpolation, "There is no such interpolation.");
        var (rows, columns) = builder.ImageAtHand;
        builder.CheckImage((long)rows * height, (long)columns * width, builder.Units, nameof(height));
        return builder.Add(new UpSampling2DLayer(new UpSamplingShape(rows, columns, builder.Units, height, width, interpolation)));
    }
}
