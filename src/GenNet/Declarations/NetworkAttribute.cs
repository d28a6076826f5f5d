using GenNet.Losses;

namespace GenNet;

/// <summary>
/// Makes a partial class a neural network: the generator adds its weights, <c>Forward</c>, <c>Backward</c> and a trainer.
/// </summary>
/// <example>
/// <code>
/// [Network(784, 128, 64, 10, Hidden = Activation.ReLU, Output = Activation.Softmax)]
/// public sealed partial class FashionNet;
/// </code>
/// Where layers differ, or others than dense ones are wanted, give the input size alone and one attribute a layer:
/// <code>
/// [Network(784)]
/// [Dense(128)]
/// [BatchNorm(Activation.ReLU)]
/// [Dropout(0.2)]
/// [Dense(10, Activation.Softmax)]
/// public sealed partial class FashionNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Declares a network of dense layers.</summary>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="sizes">Units of each dense layer, the output layer last. Empty when the layers follow as attributes of their own.</param>
    public NetworkAttribute(int inputs, params int[] sizes) => (Inputs, Sizes) = (inputs, sizes);

    /// <summary>Declares a network whose samples have a shape, which an attribute of its own states: <see cref="SequenceAttribute"/>. Its layers follow as attributes.</summary>
    public NetworkAttribute() => Sizes = [];

    /// <summary>Features of one sample; 0 where an attribute of its own states a shape.</summary>
    public int Inputs { get; }

    /// <summary>Units of each dense layer, the output layer last.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Activation of the hidden layers.</summary>
    public Activation Hidden { get; set; } = Activation.ReLU;

    /// <summary>Activation of the output layer.</summary>
    public Activation Output { get; set; } = Activation.Identity;

    /// <summary>What training minimises. <see cref="Loss.Default"/> follows from the output activation.</summary>
    public Loss Loss { get; set; }

    /// <summary>A loss of the user's own: a struct that implements <see cref="ILoss"/>.</summary>
    public Type? LossType { get; set; }

    /// <summary>
    /// The weights to compile into the program, for <c>Pretrained</c>: a safetensors file that is a
    /// <c>&lt;NetworkWeights Include="models/policy.safetensors" /&gt;</c> of the project, by its path there or as much of the path's end as tells it from others.
    /// </summary>
    public string? Weights { get; set; }

    /// <summary>How weights start. <see cref="Initializer.Default"/> follows from each layer's activation.</summary>
    public Initializer Init { get; set; }

    /// <summary>Whether trainers of the network measure how its gradients fare: <see cref="Trainer.Health"/>. Without it there is no code for that.</summary>
    public bool Health { get; set; }
}
