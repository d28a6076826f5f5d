using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds average pools of whole images.</summary>
public static class GlobalAveragePool2DLayers
{
    /// <summary>Adds an average pool of the whole image, which leaves one row of as many values as a pixel has.</summary>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder GlobalAveragePool2D(this ArchitectureBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new AveragePool2DLayer(new PoolShape(builder.WholeWindow(), builder.Units)));
    }
}
