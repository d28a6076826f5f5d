using System.ComponentModel;

namespace GenNet;

/// <summary>Makes one row of all of a sample's positions: [positions, features] becomes [positions × features]. Layers before it work on each position by itself.</summary>
public sealed record FlattenLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FlattenLayer(int positions, int features, bool isFeaturesFirst = false) : base(features, checked(positions * features), GenNet.Activation.Identity) => (Positions, IsFeaturesFirst) = (positions, isFeaturesFirst);

    /// <summary>Describes the layer where it makes one row of an image.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FlattenLayer(int height, int width, int channels) : this(checked(height * width), channels) => (InputHeight, InputWidth) = (height, width);

    /// <summary>Rows of pixels of the image that the layer takes; 0 where positions are the steps of a sequence.</summary>
    public int InputHeight { get; }

    /// <summary>Pixels of a row of that image.</summary>
    public int InputWidth { get; }

    /// <summary>Whether files have the row of a sequence feature by feature, as PyTorch's <c>Conv1d</c> gives it: in a network with layers that go along the steps.</summary>
    public bool IsFeaturesFirst { get; }

    /// <summary>Positions of a sample of which the layer makes one row.</summary>
    public int Positions { get; }

    internal override (int Taken, int Given)? PositionsChange => (Positions, 1);

    internal override (int Height, int Width)? ImageTaken => InputHeight == 0 ? null : (InputHeight, InputWidth);

    internal override string Schema => ImageTaken is var (height, width) ? SchemaText.Joined(Kind, height, width, Inputs, Outputs) : SchemaText.Joined(Kind, Positions, Inputs, Outputs, IsFeaturesFirst);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;
}
