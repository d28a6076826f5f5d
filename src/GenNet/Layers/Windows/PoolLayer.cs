using GenNet.Runtime;

namespace GenNet;

/// <summary>A layer that makes one value of each window of an image, channel by channel.</summary>
public abstract record PoolLayer : Layer
{
    private protected PoolLayer(PoolShape shape) : base(shape.Channels, shape.Channels, GenNet.Activation.Identity) => Shape = shape;

    internal PoolShape Shape { get; }

    /// <inheritdoc/>
    public override int ParameterCount => 0;

    /// <inheritdoc/>
    public override long MultiplyAdds => 0;

    internal override (int Taken, int Given)? PositionsChange => (Shape.Window.Inputs, Shape.Window.Outputs);

    internal override bool TakesImage => true;

    internal override string Schema => Shape.Window.Schema(Kind, Inputs, Outputs, Activation.Name) + (Shape.CountsPadding ? " counts padding" : "");

    internal override (string? Before, string? Behind) Arguments
    {
        get
        {
            var settings = Shape.Window.Settings(Shape.Window.Height == Shape.Window.Width ? Shape.Window.Height : 1);
            return (Shape.Window.SizeText, Shape.CountsPadding ? settings is null ? "CountsPadding = true" : settings + ", CountsPadding = true" : settings);
        }
    }
}
