using System.ComponentModel;
using System.Globalization;
using GenNet.Runtime;

namespace GenNet;

/// <summary>An image made a whole number of times as high and wide.</summary>
public sealed record UpSampling2DLayer : Layer
{
    readonly UpSamplingShape _shape;

    /// <summary>Describes the layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UpSampling2DLayer(UpSamplingShape shape) : base(shape.Channels, shape.Channels, GenNet.Activation.Identity) => _shape = shape;

    /// <summary>Rows of pixels of the image that the layer takes.</summary>
    public int InputHeight => _shape.Height;

    /// <summary>Pixels of a row.</summary>
    public int InputWidth => _shape.Width;

    /// <summary>By what the height is multiplied.</summary>
    public int Height => _shape.Down;

    /// <summary>By what the width is multiplied.</summary>
    public int Width => _shape.Across;

    /// <summary>Where the values of the new pixels come from.</summary>
    public Interpolation Interpolation => _shape.Interpolation;

    internal override ((int Height, int Width) Taken, (int Height, int Width) Given)? Images => ((InputHeight, InputWidth), (_shape.OutputHeight, _shape.OutputWidth));

    internal override (int Taken, int Given)? PositionsChange => (_shape.Inputs, _shape.Outputs);

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    internal override string Schema =>
        SchemaText.Image(Kind, InputHeight, InputWidth, Inputs, _shape.OutputHeight, _shape.OutputWidth, Outputs, SchemaText.Times(Height, Width, Interpolation.ToString()), Activation.Name);

    internal override (string? Before, string? Behind) Arguments =>
        (string.Create(CultureInfo.InvariantCulture, $"{Height}{(Width == Height ? "" : $", {Width}")}"), Interpolation == Interpolation.Nearest ? null : $"Interpolation = Interpolation.{Interpolation}");
}
