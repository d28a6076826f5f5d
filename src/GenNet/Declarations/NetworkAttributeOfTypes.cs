namespace GenNet;

/// <summary>
/// Makes a partial class a neural network from values of one type to values of another. The generator adds what <see cref="NetworkAttribute"/> adds,
/// and <c>Predict</c>, <c>WriteFeatures</c>, <c>CreateDataset</c> and a trainer that takes pairs of the two types. Nobody counts inputs or outputs:
/// both follow from the types.
/// </summary>
/// <typeparam name="TInput">
/// A struct. Its fields and automatic properties are the features: numbers and bools one each, an enum one a member (one-hot), structs theirs, inline arrays and
/// arrays with <see cref="FixedLengthAttribute"/> those of their elements.
/// <see cref="ScaleAttribute"/>, <see cref="StandardizeAttribute"/>, <see cref="FeatureAttribute"/> and <see cref="IgnoreFeatureAttribute"/> change that.
/// </typeparam>
/// <typeparam name="TOutput">
/// An enum (softmax, cross-entropy), a bool or a struct of bools (sigmoid, binary cross-entropy), or a number or a struct of numbers (identity, mean squared error);
/// with <see cref="HeadAttribute"/> a struct of all of these, each head with a loss of its own.
/// </typeparam>
/// <example>
/// <code>
/// public readonly record struct Flower([Scale(0, 8)] float Length, [Scale(0, 4)] float Width, Colour Colour);
///
/// public enum Species { Setosa, Versicolor, Virginica }
///
/// [Network&lt;Flower, Species&gt;(16)]
/// public sealed partial class FlowerNet;
/// </code>
/// Where hidden layers differ, or others than dense ones are wanted, give one attribute each; the output layer follows by itself:
/// <code>
/// [Network&lt;Flower, Species&gt;]
/// [Dense(16, Activation.ReLU)]
/// [Dropout(0.2)]
/// public sealed partial class FlowerNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute<TInput, TOutput> : Attribute
{
    /// <summary>Declares a network of dense layers.</summary>
    /// <param name="hidden">Units of each hidden layer, which heads share. Empty for none, or when they follow as attributes of their own.</param>
    public NetworkAttribute(params int[] hidden) => HiddenSizes = hidden;

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> HiddenSizes { get; }

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Hidden { get; set; } = Activation.ReLU;

    /// <summary>Activation of the output layer. Unless set, it follows from <typeparamref name="TOutput"/>; only for numbers is there a choice.</summary>
    public Activation Output { get; set; }

    /// <summary>What training minimises. <see cref="Loss.Default"/> follows from <typeparamref name="TOutput"/>.</summary>
    public Loss Loss { get; set; }

    /// <inheritdoc cref="NetworkAttribute.LossType"/>
    public Type? LossType { get; set; }

    /// <inheritdoc cref="NetworkAttribute.Weights"/>
    public string? Weights { get; set; }

    /// <inheritdoc cref="NetworkAttribute.Init"/>
    public Initializer Init { get; set; }

    /// <inheritdoc cref="NetworkAttribute.Health"/>
    public bool Health { get; set; }
}
