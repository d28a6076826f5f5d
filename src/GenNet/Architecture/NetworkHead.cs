using System.ComponentModel;
using System.Globalization;

namespace GenNet;

/// <summary>An end of a network: layers of its own behind those that all heads share, outputs of its own, and a loss. A network that declares none has one, without a name.</summary>
public sealed record NetworkHead
{
    /// <summary>Describes a head that was compiled.</summary>
    /// <param name="name">Its name, or nothing.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="layers">Its layers, counted from 0.</param>
    /// <param name="outputs">Its outputs among the network's.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NetworkHead(string name, string loss, double weight, Range layers, Range outputs) =>
        (Name, Loss, Weight, Layers, Outputs, FirstOutput, OutputCount, TargetKind) = (name, loss, weight, layers, outputs, outputs.Start.Value, outputs.End.Value - outputs.Start.Value, KindOf(loss));

    /// <summary>Its name, empty where the network declares no heads.</summary>
    public string Name { get; }

    /// <summary>The name of its loss: a member of <see cref="GenNet.Loss"/>, or a type of the user's own; empty where nobody knows.</summary>
    public string Loss { get; }

    /// <summary>What its loss is multiplied by in the sum of all.</summary>
    public double Weight { get; }

    /// <summary>Its own layers among <see cref="NetworkArchitecture.Layers"/>: <c>2..4</c> are the third and the fourth.</summary>
    public Range Layers { get; }

    /// <summary>Its outputs among those of a sample: <c>outputs[head.Outputs]</c> are its own.</summary>
    public Range Outputs { get; }

    // Fields, because every step asks.
    internal readonly int FirstOutput, OutputCount;

    /// <summary>Its last layer, from 0.</summary>
    internal int LastLayer => Layers.End.Value - 1;

    /// <summary>What targets the loss takes.</summary>
    internal readonly TargetKind TargetKind;

    /// <summary>The loss with its weight: <c>0.5 × MeanSquaredError</c>.</summary>
    internal string WeightedLoss => Weight == 1 ? Loss : string.Create(CultureInfo.InvariantCulture, $"{Weight} × {Loss}");

    static TargetKind KindOf(string loss) => loss switch
    {
        nameof(GenNet.Loss.BinaryCrossEntropy) => TargetKind.Probabilities,
        nameof(GenNet.Loss.CrossEntropy) => TargetKind.Distributions,
        _ => TargetKind.Numbers,
    };

    /// <summary>The head in words: <c>Policy: outputs 0..4, trained for CrossEntropy</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Name.Length > 0 ? Name + ": " : "")}outputs {Outputs}{(Loss.Length > 0 ? $", trained for {WeightedLoss}" : "")}");
}
