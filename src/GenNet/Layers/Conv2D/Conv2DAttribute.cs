using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds a convolution to a <see cref="NetworkAttribute"/> class: a = g(z), z(y, x, o) = b(o) + Σ x(y·s + i·d, x·s + j·d, c)·W(o, c, i, j), stride s, dilation d,
/// as PyTorch's <c>Conv2d</c> and Keras's <c>Conv2D</c> compute it. It takes and gives images.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DAttribute : Attribute
{
    /// <summary>Adds a convolution with a square kernel.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public Conv2DAttribute(int filters, int kernelSize, Activation activation = Activation.Identity) : this(filters, kernelSize, kernelSize, activation) { }

    /// <summary>Adds a convolution with a square kernel and an activation of the user's own.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public Conv2DAttribute(int filters, int kernelSize, Type activation) : this(filters, kernelSize, kernelSize, activation) { }

    /// <summary>Adds a convolution with a kernel of any shape.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth, Activation activation = Activation.Identity) =>
        (Filters, KernelHeight, KernelWidth, Activation) = (filters, kernelHeight, kernelWidth, activation);

    /// <summary>Adds a convolution with a kernel of any shape and an activation of the user's own.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth, Type activation) =>
        (Filters, KernelHeight, KernelWidth, ActivationType) = (filters, kernelHeight, kernelWidth, activation);

    /// <summary>Channels of what the layer gives.</summary>
    public int Filters { get; }

    /// <summary>Height of the kernel, in pixels.</summary>
    public int KernelHeight { get; }

    /// <summary>Width of the kernel, in pixels.</summary>
    public int KernelWidth { get; }

    /// <summary>The built-in activation of the layer.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>Pixels from one place of the kernel to the next, 1 to begin with.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Rows from one place of the kernel to the next, where that is not <see cref="Stride"/>.</summary>
    public int StrideHeight { get; set; } = 1;

    /// <summary>Pixels of a row from one place of the kernel to the next, where that is not <see cref="Stride"/>.</summary>
    public int StrideWidth { get; set; } = 1;

    /// <summary>Pixels from one that the kernel reads to the next, 1 to begin with.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Rows from one that the kernel reads to the next, where that is not <see cref="Dilation"/>.</summary>
    public int DilationHeight { get; set; } = 1;

    /// <summary>Pixels from one of a row that the kernel reads to the next, where that is not <see cref="Dilation"/>.</summary>
    public int DilationWidth { get; set; } = 1;

    /// <summary>Which zeros are added around the image.</summary>
    public Padding Padding { get; set; }

    /// <summary>Rows and columns of zeros on every side, as PyTorch's <c>padding=</c>, in the place of <see cref="Padding"/>.</summary>
    public int PaddingSize { get; set; }

    /// <summary>Rows of zeros above and below, where that is not <see cref="PaddingSize"/>.</summary>
    public int PaddingHeight { get; set; }

    /// <summary>Columns of zeros on either side, where that is not <see cref="PaddingSize"/>.</summary>
    public int PaddingWidth { get; set; }

    /// <summary>Groups into which channels and filters are divided, 1 to begin with: a filter takes the channels of its own. <see cref="DepthwiseConv2DAttribute"/> has one for each channel.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
