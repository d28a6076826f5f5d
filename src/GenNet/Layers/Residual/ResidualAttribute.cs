using GenNet.Activations;

namespace GenNet;

/// <summary>
/// Adds a residual connection (He et al. 2016) to a <see cref="NetworkAttribute"/> class, around the block of the layers just before it:
/// a = g(output of the block + input of the block), which must be of equal width, unless the input goes through a <see cref="Projection"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute : Attribute
{
    /// <summary>Adds a residual connection with a built-in activation.</summary>
    /// <param name="layers">Layers of the block: the layer attributes before this one that the connection goes around.</param>
    /// <param name="activation">Activation g of the sum.</param>
    public ResidualAttribute(int layers, Activation activation = Activation.Identity) => (Layers, Activation) = (layers, activation);

    /// <summary>Adds a residual connection with an activation of the user's own.</summary>
    /// <param name="layers">Layers of the block: the layer attributes before this one that the connection goes around.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public ResidualAttribute(int layers, Type activation) => (Layers, ActivationType) = (layers, activation);

    /// <summary>Layers of the block.</summary>
    public int Layers { get; }

    /// <summary>The built-in activation.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>
    /// Whether the input of the block goes through a layer of its own before it is added, so that both ends may differ: of images a 1×1 convolution with biases,
    /// whose filters are the channels of the block's output and whose stride is the smallest that makes an image of its size; else a dense layer. It has no activation.
    /// </summary>
    public bool Projection { get; set; }
}
