using System.ComponentModel;

namespace GenNet;

/// <summary>Makes one row of all of a sample's positions: [positions, features] becomes [positions × features]. Layers before it work on each position by itself.</summary>
public sealed record FlattenLayer : Layer
{
    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FlattenLayer(int positions, int features) : base(features, checked(positions * features), GenNet.Activation.Identity) => Positions = positions;

    /// <summary>Describes the layer where it makes one row of an image.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public FlattenLayer(ImageSize image) : this(checked((image ?? throw new ArgumentNullException(nameof(image))).Height * image.Width), image.Channels) => Image = image;

    /// <summary>The image of which the layer makes one row; null where positions are the steps of a sequence.</summary>
    public ImageSize? Image { get; }

    /// <summary>Positions of a sample of which the layer makes one row.</summary>
    public int Positions { get; }

    internal override (int Taken, int Given)? PositionsChange => (Positions, 1);

    internal override (int Height, int Width)? ImageTaken => Image is { } image ? (image.Height, image.Width) : null;

    internal override string Schema => Image is { } image ? SchemaText.Joined(Kind, image.Height, image.Width, Inputs, Outputs) : SchemaText.Joined(Kind, Positions, Inputs, Outputs);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;
}
