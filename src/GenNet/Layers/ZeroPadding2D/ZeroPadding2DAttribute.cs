namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that puts rows and columns of zeros around an image: PyTorch's <c>ZeroPad2d</c>, Keras's <c>ZeroPadding2D</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ZeroPadding2DAttribute : Attribute
{
    /// <summary>Adds as many zeros on every side.</summary>
    /// <param name="size">Rows above and below, and columns on either side.</param>
    public ZeroPadding2DAttribute(int size) : this(size, size, size, size) { }

    /// <summary>Adds zeros on each side, in Keras's order.</summary>
    /// <param name="top">Rows above.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns on the left.</param>
    /// <param name="right">Columns on the right.</param>
    public ZeroPadding2DAttribute(int top, int bottom, int left, int right) => (Top, Bottom, Left, Right) = (top, bottom, left, right);

    /// <summary>Rows of zeros above the image.</summary>
    public int Top { get; }

    /// <summary>Rows of zeros below.</summary>
    public int Bottom { get; }

    /// <summary>Columns of zeros on the left.</summary>
    public int Left { get; }

    /// <summary>Columns of zeros on the right.</summary>
    public int Right { get; }
}
