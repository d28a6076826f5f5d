using GenNet.Runtime;

namespace GenNet;

/// <summary>Adds max pools of whole images.</summary>
public static class GlobalMaxPool2DLayers
{
    /// <summary>Adds a max pool of the whole image, which leaves one row of as many values as a pixel has.</summary>
    /// <exception cref="InvalidOperationException">What the layers before give is no image.</exception>
    public static ArchitectureBuilder GlobalMaxPool2D(this ArchitectureBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new MaxPool2DLayer(new PoolShape(builder.WholeWindow(), builder.Units)));
    }
}
