using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds a convolution of each channel by itself to a <see cref="NetworkAttribute"/> class: a = g(z), z(y, x, c) = b(c) + Σ x(y·s + i·d, x·s + j·d, c)·W(c, i, j), stride s, dilation d,
/// PyTorch's <c>Conv2d</c> with as many groups as channels, Keras's <c>DepthwiseConv2D</c>. A 1×1 convolution behind it mixes the channels.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DepthwiseConv2DAttribute : Attribute
{
    /// <summary>Adds a convolution with a square kernel.</summary>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public DepthwiseConv2DAttribute(int kernelSize, Activation activation = Activation.Identity) : this(kernelSize, kernelSize, activation) { }

    /// <summary>Adds a convolution with a square kernel and an activation of the user's own.</summary>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public DepthwiseConv2DAttribute(int kernelSize, Type activation) : this(kernelSize, kernelSize, activation) { }

    /// <summary>Adds a convolution with a kernel of any shape.</summary>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth, Activation activation = Activation.Identity) =>
        (KernelHeight, KernelWidth, Activation) = (kernelHeight, kernelWidth, activation);

    /// <summary>Adds a convolution with a kernel of any shape and an activation of the user's own.</summary>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth, Type activation) =>
        (KernelHeight, KernelWidth, ActivationType) = (kernelHeight, kernelWidth, activation);

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

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
