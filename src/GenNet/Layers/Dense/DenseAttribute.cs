using GenNet.Activations;

namespace GenNet;

/// <summary>Adds a dense (fully connected) layer to a <see cref="NetworkAttribute"/> class: a = g(xW + b). Layers stand in the order of their attributes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute : Attribute
{
    /// <summary>Adds a dense layer with a built-in activation.</summary>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="activation">Activation g of the layer.</param>
    public DenseAttribute(int units, Activation activation = Activation.Identity) => (Units, Activation) = (units, activation);

    /// <summary>Adds a dense layer with an activation of the user's own.</summary>
    /// <param name="units">Outputs of the layer.</param>
    /// <param name="activation">A struct that implements <see cref="IActivation"/>.</param>
    public DenseAttribute(int units, Type activation) => (Units, ActivationType) = (units, activation);

    /// <summary>Outputs of the layer.</summary>
    public int Units { get; }

    /// <summary>The built-in activation of the layer.</summary>
    public Activation Activation { get; }

    /// <summary>The activation of the user's own, or null.</summary>
    public Type? ActivationType { get; }

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
