namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that makes images a whole number of times as high and wide: PyTorch's <c>Upsample</c>, Keras's <c>UpSampling2D</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UpSampling2DAttribute : Attribute
{
    /// <summary>Makes images as many times as high as wide.</summary>
    /// <param name="size">By what height and width are multiplied.</param>
    public UpSampling2DAttribute(int size) : this(size, size) { }

    /// <summary>Makes images larger by a factor for each side.</summary>
    /// <param name="height">By what the height is multiplied.</param>
    /// <param name="width">By what the width is multiplied.</param>
    public UpSampling2DAttribute(int height, int width) => (Height, Width) = (height, width);

    /// <summary>By what the height is multiplied.</summary>
    public int Height { get; }

    /// <summary>By what the width is multiplied.</summary>
    public int Width { get; }

    /// <summary>Where the values of the new pixels come from.</summary>
    public Interpolation Interpolation { get; set; }
}
