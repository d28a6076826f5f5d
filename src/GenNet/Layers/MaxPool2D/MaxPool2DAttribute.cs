namespace GenNet;

/// <summary>Adds a layer to a <see cref="NetworkAttribute"/> class that takes the largest value of each window, channel by channel: PyTorch's <c>MaxPool2d</c>. Of equal ones the first, in row order, gets the gradient.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxPool2DAttribute : Attribute
{
    /// <summary>Adds a pool with square windows.</summary>
    /// <param name="size">Height and width of a window, in pixels.</param>
    public MaxPool2DAttribute(int size) : this(size, size) { }

    /// <summary>Adds a pool with windows of any shape.</summary>
    /// <param name="height">Height of a window, in pixels.</param>
    /// <param name="width">Width of a window.</param>
    public MaxPool2DAttribute(int height, int width) => (Height, Width) = (height, width);

    /// <summary>Height of a window, in pixels.</summary>
    public int Height { get; }

    /// <summary>Width of a window, in pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels from one window to the next, down and to the right: the window's size unless given.</summary>
    public int Stride { get; set; }

    /// <summary>Rows from one window to the next, where that is not <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; }

    /// <summary>Pixels of a row from one window to the next, where that is not <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; }

    /// <summary>What is added around the image. It is never the largest.</summary>
    public Padding Padding { get; set; }

    /// <summary>Rows and columns added on every side, as PyTorch's <c>padding=</c>, in the place of <see cref="Padding"/>.</summary>
    public int PaddingSize { get; set; }

    /// <summary>Rows added above and below, where that is not <see cref="PaddingSize"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns added on either side, where that is not <see cref="PaddingSize"/>.</summary>
    public int PaddingWidth { get; set; }
}
