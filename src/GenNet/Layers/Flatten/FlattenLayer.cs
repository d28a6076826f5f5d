using System.ComponentModel;

namespace GenNet;

/// <summary>Makes one row of all of a sample's positions: [positions, features] becomes [positions × features]. Layers before it work on each position by itself.</summary>
public sealed record FlattenLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FlattenLayer(int positions, int features) : base(features, checked(positions * features), GenNet.Activation.Identity) => Positions = positions;

    /// <summary>Positions of a sample of which the layer makes one row.</summary>
    public int Positions { get; }

    internal override (int Taken, int Given)? PositionsChange => (Positions, 1);

    internal override string Schema => SchemaText.Joined(Kind, Positions, Inputs, Outputs);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;
}
