using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds a transposed convolution to a <see cref="NetworkAttribute"/> class: a = g(z), where each pixel x(y, x, c) adds x·W(c, o, i, j) to z(y·s + i·d − p, x·s + j·d − p, o), stride s, dilation d, padding p,
/// as PyTorch's <c>ConvTranspose2d</c> and Keras's <c>Conv2DTranspose</c> compute it: the gradient of a convolution by its inputs. It takes and gives images.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv2DTransposeAttribute : Attribute
{
    /// <summary>Adds a transposed convolution with a square kernel.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public Conv2DTransposeAttribute(int filters, int kernelSize, Activation activation = Activation.Identity) : this(filters, kernelSize, kernelSize, activation) { }

    /// <summary>Adds a transposed convolution with a square kernel and an activation of the user's own.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelSize">Height and width of the kernel, in pixels.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public Conv2DTransposeAttribute(int filters, int kernelSize, Type activation) : this(filters, kernelSize, kernelSize, activation) { }

    /// <summary>Adds a transposed convolution with a kernel of any shape.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public Conv2DTransposeAttribute(int filters, int kernelHeight, int kernelWidth, Activation activation = Activation.Identity) =>
        (Filters, KernelHeight, KernelWidth, Activation) = (filters, kernelHeight, kernelWidth, activation);

    /// <summary>Adds a transposed convolution with a kernel of any shape and an activation of the user's own.</summary>
    /// <param name="filters">Channels of what it gives.</param>
    /// <param name="kernelHeight">Height of the kernel, in pixels.</param>
    /// <param name="kernelWidth">Width of the kernel.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public Conv2DTransposeAttribute(int filters, int kernelHeight, int kernelWidth, Type activation) =>
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

    /// <summary>Pixels from where the kernel lies for one pixel to where it lies for the next, 1 to begin with.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Pixels from one that the kernel adds to, to the next, 1 to begin with.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Rows and columns that are cut off on every side, as PyTorch's <c>padding=</c>: what a convolution of the same padding would have added.</summary>
    public int PaddingSize { get; set; }

    /// <summary>Rows and columns more below and on the right, fewer than <see cref="Stride"/>, as PyTorch's <c>output_padding=</c>: of several sizes that a convolution makes the same, which it is.</summary>
    public int OutputPadding { get; set; }

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
