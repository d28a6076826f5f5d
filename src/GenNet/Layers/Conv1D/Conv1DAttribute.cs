using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds a convolution along the steps of a sequence to a <see cref="NetworkAttribute"/> class: a = g(z), z(t, o) = b(o) + Σ x(t·s + i·d, c)·W(o, c, i), stride s, dilation d,
/// as PyTorch's <c>Conv1d</c> and Keras's <c>Conv1D</c> compute it. It takes and gives sequences, [steps, features].
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute : Attribute
{
    /// <summary>Adds a convolution.</summary>
    /// <param name="filters">Features of a step that it gives.</param>
    /// <param name="kernelSize">Steps that the kernel reads.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public Conv1DAttribute(int filters, int kernelSize, Activation activation = Activation.Identity) => (Filters, KernelSize, Activation) = (filters, kernelSize, activation);

    /// <summary>Adds a convolution with an activation of the user's own.</summary>
    /// <param name="filters">Features of a step that it gives.</param>
    /// <param name="kernelSize">Steps that the kernel reads.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public Conv1DAttribute(int filters, int kernelSize, Type activation) => (Filters, KernelSize, ActivationType) = (filters, kernelSize, activation);

    /// <summary>Features of a step that the layer gives.</summary>
    public int Filters { get; }

    /// <summary>Steps that the kernel reads.</summary>
    public int KernelSize { get; }

    /// <summary>The built-in activation of the layer.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>Steps from one place of the kernel to the next, 1 to begin with.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Steps from one that the kernel reads to the next, 1 to begin with.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Which zeros are added around the sequence.</summary>
    public Padding Padding { get; set; }

    /// <summary>Zeros on either side, as PyTorch's <c>padding=</c>, in the place of <see cref="Padding"/>.</summary>
    public int PaddingSize { get; set; }

    /// <summary>Whether zeros stand before the first step alone, in the place of any other padding, so that no output depends on later steps: Keras's <c>padding="causal"</c>. The layer can then be computed step by step.</summary>
    public bool Causal { get; set; }

    /// <summary>Groups into which features and filters are divided, 1 to begin with: a filter takes the features of its own.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
