namespace GenNet;

/// <summary>Adds a dense (fully connected) layer to a <see cref="NetworkAttribute"/> class: a = g(xW + b). Layers stand in the order of their attributes.</summary>
/// <param name="units">Outputs of the layer.</param>
/// <param name="activation">Activation g of the layer.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DenseAttribute(int units, Activation activation = Activation.Identity) : Attribute
{
    /// <summary>Outputs of the layer.</summary>
    public int Units { get; } = units;

    /// <summary>Activation of the layer.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>How the weights start. <see cref="Initializer.Default"/> follows from the network's setting, then from the activation.</summary>
    public Initializer Init { get; set; }
}
