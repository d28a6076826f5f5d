using GenNet.Activations;

namespace GenNet;

/// <summary>The activation g of a layer: a built-in one, or a type of the user's own.</summary>
/// <param name="BuiltIn">The built-in activation; null for a type of the user's own.</param>
/// <param name="Name">The name of the activation's type.</param>
public readonly record struct LayerActivation(Activation? BuiltIn, string Name)
{
    /// <summary>An activation of the user's own.</summary>
    public static LayerActivation Custom<TActivation>() where TActivation : struct, IActivation => new(null, typeof(TActivation).Name);

    /// <summary>A built-in activation.</summary>
    public static implicit operator LayerActivation(Activation activation) => new(activation, activation.ToString());

    /// <summary>Whether the layer has no activation: g(z) = z.</summary>
    public bool IsIdentity => BuiltIn == Activation.Identity;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
